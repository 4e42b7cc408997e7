import type { JsonSchema } from '../field-types/field-type.ts'

/** `object.json` -> `object.patch.json`: what editors check an overlay of an object by. */
export function patchFileOf(file: string): string {
  return file.replace(/\.json$/, '.patch.json')
}

/**
 * The schema of a merge patch (RFC 7396) for documents of a schema: nothing need be there, null takes an entry away,
 * and a list, which a patch replaces as a whole, is checked as in a whole document. For editors: `tessera check`
 * judges what the patches make of the document.
 */
export function patchSchema(schema: JsonSchema): JsonSchema {
  const file = String(schema.$id)
  const { $schema, $id: _id, title, $defs, ...rest } = schema
  const definitions = Object.entries(($defs ?? {}) as Record<string, JsonSchema>)
  return {
    $schema,
    $id: patchFileOf(file),
    ...(title === undefined ? {} : { title: `Change to: ${String(title)}` }),
    ...($defs === undefined
      ? {}
      : { $defs: Object.fromEntries(definitions.map(([name, inner]) => [name, nullable(inner, file)])) }),
    // A file holds a patch, never the null that would take the whole document away.
    ...patchOf(rest, file),
  }
}

/** The keywords of a schema, each as a patch has it. */
function patchOf(schema: JsonSchema, file: string): JsonSchema {
  const patch: Record<string, unknown> = {}
  for (const [keyword, value] of Object.entries(schema))
    if (keyword === '$ref') patch.$ref = String(value).replace(/^([a-z_]+)\.json#/, '$1.patch.json#')
    else if (keyword === 'properties')
      patch.properties = Object.fromEntries(
        Object.entries(value as Record<string, JsonSchema>).map(([name, inner]) => [
          name,
          nullable(inner, file),
        ]),
      )
    else if (keyword === 'additionalProperties' && typeof value === 'object')
      patch.additionalProperties = nullable(value as JsonSchema, file)
    // Parts of several branches can look alike, so that one of them is enough.
    else if (keyword === 'oneOf') patch.anyOf = (value as JsonSchema[]).map((inner) => patchOf(inner, file))
    else if (keyword === 'items' || keyword === 'propertyNames')
      patch[keyword] = wholeOf(value as JsonSchema, file)
    else if (!ofWholeDocuments.has(keyword)) patch[keyword] = value
  return patch
}

const ofWholeDocuments: ReadonlySet<string> = new Set(['required', 'minProperties', 'discriminator'])

/** As a patch has it, or null. */
function nullable(schema: JsonSchema, file: string): JsonSchema {
  const patch = patchOf(schema, file)
  // What a reference leads to admits null itself; what must be one value says which branch is meant.
  if (patch.$ref !== undefined || patch.const !== undefined) return patch
  if (patch.enum !== undefined) return { ...patch, enum: [...(patch.enum as unknown[]), null] }
  if (patch.type !== undefined) return { ...patch, type: [...new Set([patch.type, 'null'].flat())] }
  if (patch.anyOf !== undefined) return { ...patch, anyOf: [...(patch.anyOf as unknown[]), { type: 'null' }] }
  return patch
}

/** As in a whole document, from a patch: references into the same file lead to the schema of whole documents. */
function wholeOf(schema: JsonSchema, file: string): JsonSchema {
  return JSON.parse(
    JSON.stringify(schema, (key, value: unknown) =>
      key === '$ref' && typeof value === 'string' && value.startsWith('#') ? `${file}${value}` : value,
    ),
  ) as JsonSchema
}
