import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { JsonSchema } from '../field-types/field-type.ts'
import { fieldTypeRegistry } from '../field-types/registry.ts'
import { salesDocuments } from '../link/sales-documents.fixture.ts'
import { checkAgainstSchema } from '../validate/schema-walk.ts'
import { assembleSchemas } from './assemble.ts'
import { editorSchemas, generatedFiles } from './generated-files.ts'

const schemas = assembleSchemas(fieldTypeRegistry())
const forEditors = editorSchemas(schemas)

test('what is generated from the kinds and field types is up to date (else run `npm run generate`)', async () => {
  for (const [path, text] of await generatedFiles())
    expect(readFileSync(join(import.meta.dirname, '..', path), 'utf8'), path).toBe(text)
})

test('every property of every schema is described', () => {
  const missing: string[] = []
  for (const [file, schema] of forEditors)
    visitProperties(schema, file, (property, place) => describedBy(property, file) || missing.push(place))
  expect(missing).toEqual([])
})

test('a keyword that the walk does not enforce is refused when a plugin uses it in the options of a field type', () => {
  const [text] = [...fieldTypeRegistry().values()]
  const stars = {
    ...text,
    name: 'stars',
    options: { shape: { type: 'string', format: 'uri', description: 'A shape.' } },
  } as NonNullable<typeof text>
  const extended = assembleSchemas(fieldTypeRegistry([stars]))
  expect(() => checkAgainstSchema({}, { schemas: extended, file: 'object.json' })).toThrow(
    /"format", which is not enforced/,
  )
})

describe('the walk and Ajv give the same verdict', () => {
  const ajv = new Ajv2020({ schemas: [...schemas.values()], strict: false, allErrors: false })
  const judges = new Map(Object.keys(salesDocuments).map((kind) => [kind, ajv.getSchema(`${kind}.json`)]))
  const documents = Object.entries(salesDocuments).flatMap(([kind, named]) =>
    Object.values(named).map((document) => ({ kind, document })),
  )

  test.each(documents)('on a sound $kind', ({ kind, document }) => {
    expect(judges.get(kind)?.(document)).toBe(true)
    expect(checkAgainstSchema(document, { schemas, file: `${kind}.json` })).toEqual([])
  })

  test('on an object that cannot be turned into text, where a name is expected', () => {
    const odd = { toString: '', valueOf: '' }
    for (const [kind, document] of [
      ['view', { name: 'v', label: 'V', object: 'account', type: odd, columns: ['name'] }],
      ['object', { name: 'o', label: 'O', name_field: 'n', fields: { n: { type: odd } } }],
    ] as const) {
      expect(judges.get(kind)?.(document)).toBe(false)
      expect(checkAgainstSchema(document, { schemas, file: `${kind}.json` })).toHaveLength(1)
    }
  })

  test('on documents with a random value, key or gap anywhere', () => {
    const counts = { valid: 0, invalid: 0 }
    const change = fc.record({
      at: fc.nat(),
      value: fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constantFrom('x', 'text', 'a b', '', 0, -1, 99)),
      how: fc.constantFrom('replace', 'remove', 'add'),
    })
    fc.assert(
      fc.property(fc.constantFrom(...documents), change, ({ kind, document }, { at, value, how }) => {
        const changed = structuredClone(document) as Record<string, unknown>
        const holders = [...objectsIn(changed)]
        const holder = holders[at % holders.length] as Record<string, unknown>
        const keys = Object.keys(holder)
        const key = how === 'add' ? 'surplus' : (keys[at % Math.max(1, keys.length)] ?? 'surplus')
        if (how === 'remove' && !Array.isArray(holder)) delete holder[key]
        else holder[key] = value
        const verdict = judges.get(kind)?.(changed) as boolean
        counts[verdict ? 'valid' : 'invalid']++
        expect(checkAgainstSchema(changed, { schemas, file: `${kind}.json` }).length === 0).toBe(verdict)
      }),
      { numRuns: 1500 },
    )
    expect(Math.min(counts.valid, counts.invalid)).toBeGreaterThan(100)
  })
})

function* objectsIn(value: unknown): Generator<object> {
  if (typeof value !== 'object' || value === null) return
  if (!Array.isArray(value) || value.length > 0) yield value
  for (const entry of Object.values(value)) yield* objectsIn(entry)
}

function visitProperties(
  schema: JsonSchema,
  place: string,
  visit: (property: JsonSchema, place: string) => void,
): void {
  for (const [name, property] of Object.entries((schema.properties ?? {}) as Record<string, JsonSchema>))
    visit(property, `${place}/${name}`)
  for (const [keyword, inner] of Object.entries(schema)) {
    if (typeof inner !== 'object' || inner === null || keyword === 'enum') continue
    const children =
      keyword === 'properties' || keyword === '$defs' || keyword === 'oneOf' || keyword === 'anyOf'
        ? Object.entries(inner)
        : [['', inner]]
    for (const [name, child] of children as [string, JsonSchema][])
      visitProperties(child, `${place}/${keyword}/${name}`, visit)
  }
}

function describedBy(property: JsonSchema, file: string): boolean {
  if (typeof property.description === 'string' || property.const !== undefined) return true
  if (typeof property.$ref !== 'string') return false
  const [named = '', pointer = ''] = property.$ref.split('#')
  let target: unknown = forEditors.get(named === '' ? file : named)
  for (const step of pointer.split('/').slice(1)) target = (target as Record<string, unknown>)[step]
  return describedBy(target as JsonSchema, named === '' ? file : named)
}
