import type { FieldType, JsonSchema } from '../field-types/field-type.ts'
import type { FieldTypeRegistry } from '../field-types/registry.ts'
import { common, fieldProperties, strict } from '../kinds/common.ts'
import { packageManifest, project } from '../kinds/package.ts'
import { kinds } from '../kinds/registry.ts'

/** JSON Schemas (2020-12) by file name, which is also their `$id`. */
export type SchemaSet = ReadonlyMap<string, JsonSchema>

/**
 * The schemas of all kinds, with the field types of the registry: a field admits the options of its own type and
 * no others. `discriminator` names the property that chooses the branch of a `oneOf`.
 */
export function assembleSchemas(registry: FieldTypeRegistry): SchemaSet {
  const definitions: Record<string, unknown> = { ...(common.$defs as Record<string, unknown>) }
  definitions.field = {
    description: 'A field; which options it takes depends on its type.',
    discriminator: { propertyName: 'type' },
    oneOf: [...registry.keys()].map((name) => ({ $ref: `common.json#/$defs/${name}_field` })),
  }
  for (const type of registry.values()) definitions[`${type.name}_field`] = fieldSchema(type)
  const schemas = [
    { ...common, $defs: definitions },
    ...kinds.map(({ schema }) => schema),
    packageManifest,
    project,
  ].map((schema) => ({ $schema: 'https://json-schema.org/draft/2020-12/schema', ...(schema as JsonSchema) }))
  return new Map(schemas.map((schema) => [String((schema as JsonSchema).$id), schema]))
}

function fieldSchema({ name, description, options, requiredOptions = [] }: FieldType): JsonSchema {
  return strict(
    { type: { const: name, description }, ...fieldProperties, ...options },
    { required: ['type', ...requiredOptions], description },
  )
}
