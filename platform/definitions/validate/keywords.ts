import type { JsonSchema } from '../field-types/field-type.ts'

const annotations = ['$schema', '$id', 'title', 'description', 'default', 'examples']
const checked = ['$ref', '$defs', 'type', 'enum', 'const', 'oneOf', 'discriminator', 'properties', 'required']
const objects = ['additionalProperties', 'propertyNames', 'minProperties']
const scalars = ['items', 'minItems', 'minLength', 'maxLength', 'pattern', 'minimum', 'maximum']
const known: ReadonlySet<string> = new Set([...annotations, ...checked, ...objects, ...scalars])

/**
 * Refuses a schema with a keyword that the walk would pass over, such as one in the options of a plugin's field type:
 * a rule that is declared must hold.
 */
export function checkKeywords(schema: JsonSchema, place = String(schema.$id ?? 'schema')): void {
  for (const keyword of Object.keys(schema))
    if (!known.has(keyword))
      throw new Error(
        `${place} uses the schema keyword "${keyword}", which is not enforced. Use one of: ${[...known].join(', ')}.`,
      )
  for (const keyword of ['properties', '$defs'])
    for (const [name, inner] of Object.entries((schema[keyword] ?? {}) as Record<string, JsonSchema>))
      checkKeywords(inner, `${place}/${keyword}/${name}`)
  for (const keyword of ['items', 'additionalProperties', 'propertyNames'])
    if (typeof schema[keyword] === 'object')
      checkKeywords(schema[keyword] as JsonSchema, `${place}/${keyword}`)
  for (const [at, inner] of ((schema.oneOf ?? []) as JsonSchema[]).entries())
    checkKeywords(inner, `${place}/oneOf/${at}`)
}
