import { convert } from '../plan/conversions.ts'
import { named } from '../plan/pairing.ts'
import type { FieldSpec, NamedSpec, ObjectSpec, SchemaSpec } from '../spec/schema-spec.ts'

/**
 * The schema of an earlier version with the names that its objects and fields bear today, so that taking a version
 * back renames what was renamed since, instead of retiring one and making another.
 * @param since the schemas published from that version on, in order; the last is the one that is served
 */
export function withLineage(earlier: SchemaSpec, since: readonly SchemaSpec[]): SchemaSpec {
  const objects = Object.values(earlier.objects).map((object) => {
    const trail = followObject(object.name, since)
    const fields = Object.values(object.fields).map((field) => {
      const name = followField(field.name, trail)
      return [field.name, { ...field, ...cameFrom(field.name, name) }] as const
    })
    const unkept = Object.values(object.unkept ?? {}).map(
      (entry) =>
        [entry.name, { ...entry, ...cameFrom(entry.name, followUnkept(entry.name, trail)) }] as const,
    )
    return [
      object.name,
      {
        ...object,
        ...cameFrom(object.name, trail.at(-1)?.name),
        fields: Object.fromEntries(fields),
        unkept: Object.fromEntries(unkept),
      },
    ] as const
  })
  return { ...earlier, objects: Object.fromEntries(objects) }
}

function cameFrom(name: string, today: string | undefined): { cameFrom?: string | null } {
  if (today === undefined) return { cameFrom: null }
  return today === name ? {} : { cameFrom: today }
}

/** The object in each of the versions; undefined where it was retired. */
function followObject(start: string, since: readonly SchemaSpec[]): (ObjectSpec | undefined)[] {
  let last = since[0]?.objects[start]
  return since.map(({ objects }, at) => {
    const next = at === 0 ? last : successor({ last, before: since[at - 1]?.objects ?? {}, after: objects })
    last = next ?? last
    return next
  })
}

/** The name of the field today; undefined where it is retired, or belongs to a retired object. */
function followField(start: string, trail: readonly (ObjectSpec | undefined)[]): string | undefined {
  let last = trail[0]?.fields[start]
  let present: FieldSpec | undefined = last
  let before = trail[0]
  for (const after of trail.slice(1)) {
    if (after === undefined) {
      present = undefined
      continue
    }
    present = successor({ last, before: before?.fields ?? {}, after: after.fields, isSuitable: isRestorable })
    last = present ?? last
    before = after
  }
  return present?.name
}

function followUnkept(start: string, trail: readonly (ObjectSpec | undefined)[]): string | undefined {
  const maps = trail.map((object) => object?.unkept ?? {})
  let last = maps[0]?.[start]
  for (const [at, after] of maps.entries())
    if (at > 0) last = successor({ last, before: maps[at - 1] ?? {}, after }) ?? last
  return last?.name
}

/** What came from `last`; or, where that was retired before, what bears its name again. */
function successor<T extends NamedSpec>({
  last,
  before,
  after,
  isSuitable = () => true,
}: {
  last: T | undefined
  before: Readonly<Record<string, T>>
  after: Readonly<Record<string, T>>
  isSuitable?: (last: T, next: T) => boolean
}): T | undefined {
  if (last === undefined) return undefined
  const heirs = Object.values(after)
  const heir = heirs.find((entry) => named({ entries: before, wanted: after, entry })?.name === last.name)
  if (heir !== undefined) return heir
  return heirs.find(
    (entry) =>
      entry.name === last.name &&
      named({ entries: before, wanted: after, entry }) === undefined &&
      isSuitable(last, entry),
  )
}

function isRestorable(last: FieldSpec, next: FieldSpec): boolean {
  if (last.keeping !== next.keeping || last.target !== next.target) return false
  return last.keeping === 'relation' || convert(last, next, 'UTC').kind !== 'refused'
}
