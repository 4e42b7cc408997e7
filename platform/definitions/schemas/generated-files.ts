import { compile } from 'json-schema-to-typescript'
import { fieldTypeRegistry } from '../field-types/registry.ts'
import type { JsonSchema } from '../field-types/field-type.ts'
import { demo } from '../kinds/demo.ts'
import { kinds } from '../kinds/registry.ts'
import { scenario } from '../kinds/scenario.ts'
import { simulation } from '../kinds/simulation.ts'
import { assembleSchemas, type SchemaSet } from './assemble.ts'
import { patchFileOf, patchSchema } from './patch-schema.ts'

/** File that holds the types of all documents. */
const DOCUMENT_TYPES_FILE = 'documents.generated.ts'

/**
 * The files that follow from the kinds and the field types, by path relative to platform/definitions: the schemas
 * that editors use, and the TypeScript types of the documents.
 */
export async function generatedFiles(): Promise<ReadonlyMap<string, string>> {
  const schemas = assembleSchemas(fieldTypeRegistry())
  const files = new Map<string, string>()
  for (const [name, schema] of editorSchemas(schemas))
    files.set(`schemas/${name}`, `${JSON.stringify(schema, null, 2)}\n`)
  files.set(DOCUMENT_TYPES_FILE, await documentTypes(schemas))
  return files
}

/**
 * Everything that editors complete from: the schemas, those of changes to documents, of demonstration data, scenarios and
 * simulations.
 */
export function editorSchemas(schemas: SchemaSet): SchemaSet {
  const all = new Map(schemas)
  for (const schema of [demo, scenario, simulation])
    all.set(schema.$id, { $schema: schemas.get('common.json')?.$schema, ...schema })
  for (const file of ['common.json', ...kinds.map(({ schema }) => String(schema.$id))])
    all.set(patchFileOf(file), patchSchema(schemas.get(file) as JsonSchema))
  return all
}

/** One TypeScript module for the documents of all kinds. */
async function documentTypes(schemas: SchemaSet): Promise<string> {
  return compile(bundleSchemas(schemas) as never, 'Documents', {
    bannerComment: '// Made by `npm run generate` from the kinds and the field types; do not edit.',
    additionalProperties: false,
    unreachableDefinitions: true,
    style: { semi: false, singleQuote: true, printWidth: 110, trailingComma: 'all' },
    ignoreMinAndMaxItems: true,
  })
}

/** All schemas as definitions of one, so that shared pieces become one type each. */
function bundleSchemas(schemas: SchemaSet): JsonSchema {
  const definitions: Record<string, unknown> = {}
  const properties: Record<string, unknown> = {}
  for (const [file, schema] of schemas) {
    const { $id: _id, $schema: _schema, $defs = {}, ...rest } = schema
    for (const [name, inner] of Object.entries($defs as Record<string, JsonSchema>))
      definitions[name] = { ...relocate(inner), title: titleOf(name) }
    if (file === 'common.json') continue
    const name = file.replace('.json', '')
    definitions[`${name}_document`] = { ...relocate(rest as JsonSchema), title: titleOf(`${name}_document`) }
    properties[name] = { $ref: `#/definitions/${name}_document` }
  }
  return {
    title: 'Documents',
    type: 'object',
    additionalProperties: false,
    required: Object.keys(properties),
    properties,
    definitions,
  }
}

/** Pieces that get one named type, however they are described where they are used. */
const named: ReadonlySet<string> = new Set([
  'name',
  'text',
  'expression',
  'order',
  'colour',
  'choices',
  'record_right',
  'field',
])

/** References into one bundle; `discriminator` and the patterns of keys are not for types. */
function relocate(schema: JsonSchema): JsonSchema {
  return JSON.parse(
    JSON.stringify(schema, (key, value: unknown) => {
      if (key === 'discriminator' || key === 'propertyNames') return undefined
      const { $ref, description } = (value ?? {}) as { $ref?: unknown; description?: unknown }
      if (typeof $ref !== 'string') return value
      const target = $ref.slice($ref.lastIndexOf('/') + 1)
      return named.has(target)
        ? { tsType: titleOf(target), description }
        : { $ref: `#/definitions/${target}` }
    }),
  ) as JsonSchema
}

function titleOf(name: string): string {
  return name
    .split('_')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')
}
