/**
 * What objects and fields that a document names are called today, where they were renamed since it was written.
 * Objects by the name in the document; fields by the object's name there, then by their own.
 */
export interface NamesSince {
  readonly objects: Readonly<Record<string, string>>
  readonly fields: Readonly<Record<string, Readonly<Record<string, string>>>>
}

/** The name that an object bears today. */
export function presentObject(names: NamesSince | undefined, name: string): string {
  return own(names?.objects, name) ?? name
}

/** The name that a field bears today. @param object the name that its object bears today */
export function presentField(names: NamesSince | undefined, object: string, name: string): string {
  return own(fieldNames(names, object), name) ?? name
}

/** Values by field, with the names that the fields bear today. */
export function presentFields<T>(
  names: NamesSince | undefined,
  object: string,
  values: Readonly<Record<string, T>>,
): Readonly<Record<string, T>> {
  if (names === undefined) return values
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [presentField(names, object, name), value]),
  )
}

/** What became of the names of an object's fields, by their earlier names; undefined where nothing did. */
export function fieldNames(
  names: NamesSince | undefined,
  object: string,
): Readonly<Record<string, string>> | undefined {
  if (names === undefined) return undefined
  const earlier = Object.keys(names.objects).find((name) => names.objects[name] === object) ?? object
  return own(names.fields, earlier)
}

function own<T>(map: Readonly<Record<string, T>> | undefined, name: string): T | undefined {
  return map !== undefined && Object.hasOwn(map, name) ? map[name] : undefined
}
