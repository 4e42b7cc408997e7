import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import { projectFiles } from '../../platform/cli/new-project/project-files.ts'

const shipped = resolve(import.meta.dirname, '../..')
const schemaFolder = join(shipped, 'platform/definitions/schemas')
const builtin = join(shipped, 'platform/definitions/builtin')

type Json = Readonly<Record<string, unknown>>
const read = (file: string): Json => JSON.parse(readFileSync(file, 'utf8')) as Json

const schemaFiles = globSync('*.json', { cwd: schemaFolder }).sort()
const ajv = new Ajv2020({ schemas: schemaFiles.map((file) => read(join(schemaFolder, file))), strict: false })

/** What an editor says about a document by the schema file. */
function verdict(schema: string, document: unknown): string[] {
  const validate = ajv.getSchema(schema)
  if (validate === undefined) throw new Error(`There is no schema ${schema}.`)
  void validate(document)
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`)
}

describe('the shipped documents', () => {
  const files = globSync(['metadata/*/*.json', 'metadata/*/*/*.json', 'workflows/*/*.json'], { cwd: shipped })
  /** A document that one of an earlier package, or of the platform, bears the name of is laid over that. */
  const isOverlay = (file: string) =>
    (/^\w+\/sales\/(?!tessera|demo)/.test(file) &&
      existsSync(join(shipped, file.replace('/sales/', '/crm/')))) ||
    existsSync(join(builtin, file.replace(/^metadata\/\w+\//, '')))

  test.each(files.sort())('%s is sound by the schema that it names', (file) => {
    const document = read(join(shipped, file))
    const schema = resolve(join(shipped, dirname(file)), String(document.$schema))
    expect(dirname(schema)).toBe(schemaFolder)
    const name = schema.slice(schemaFolder.length + 1)
    expect(name.endsWith('.patch.json')).toBe(isOverlay(file))
    expect(verdict(name, document)).toEqual([])
  })

  test('are laid over one another at all', () => {
    expect(files.filter(isOverlay).length).toBeGreaterThan(5)
    expect(files.filter((file) => file.endsWith('demo/demo.json')).length).toBe(2)
  })
})

test('a new project names schemas that it has and by which its documents are sound', () => {
  const files = projectFiles('acme', shipped)
  const documents = [...files].filter(([path]) => path.endsWith('.json') && !path.startsWith('schemas/'))
  expect(documents.length).toBe(4)
  for (const [path, text] of documents) {
    const document = JSON.parse(text) as Json
    const schema = join(dirname(path), String(document.$schema))
    expect(files.get(schema), path).toBe(
      readFileSync(join(schemaFolder, schema.slice('schemas/'.length)), 'utf8'),
    )
    expect(verdict(schema.slice('schemas/'.length), document), path).toEqual([])
  }
})

describe('the schema of changes', () => {
  test.each<[string, string, Json]>([
    ['an option alone', 'object', { fields: { name: { max_length: 50 } } }],
    ['a new field', 'object', { fields: { vat: { type: 'text', label: 'VAT' } } }],
    ['null for a field', 'object', { fields: { name: null } }],
    ['null for an option', 'object', { fields: { name: { max_length: null, help: null } } }],
    ['one message', 'object', { validations: { late: { message: { en: 'Too late.' } } } }],
    ['one text of a label', 'object', { label: { 'zh-CN': '客户' } }],
    ['one right more', 'role', { objects: { account: { delete: 'own' } } }],
    ['one state more', 'process', { machine: { states: { parked: { after: { P30D: 'open' } } } } }],
    ['null for a transition', 'process', { machine: { states: { open: { on: { park: null } } } } }],
    [
      'a guard in a transition',
      'process',
      { machine: { states: { open: { on: { park: { target: 'x' } } } } } },
    ],
  ])('admits %s', (_, kind, patch) => {
    expect(verdict(`${kind}.patch.json`, patch)).toEqual([])
  })

  test.each<[string, string, Json]>([
    ['a misspelt key', 'object', { lable: 'Account' }],
    ['a misspelt option', 'object', { fields: { name: { max_lenght: 5 } } }],
    ['an option of another type', 'object', { fields: { name: { type: 'text', currency: 'EUR' } } }],
    ['an unknown type', 'object', { fields: { name: { type: 'txt' } } }],
    ['a value of the wrong type', 'object', { fields: { name: { max_length: 'five' } } }],
    ['a gap in a list, which is replaced whole', 'view', { sort: [{ direction: 'ascending' }] }],
    [
      'an action without its parameters',
      'process',
      { machine: { states: { open: { entry: [{ type: 'note' }] } } } },
    ],
  ])('refuses %s', (_, kind, patch) => {
    expect(verdict(`${kind}.patch.json`, patch)).not.toEqual([])
  })

  test('lets through every whole document', () => {
    const whole = globSync('metadata/crm/objects/*.json', { cwd: shipped })
    expect(whole.length).toBeGreaterThan(3)
    for (const file of whole)
      expect(verdict('object.patch.json', read(join(shipped, file))), file).toEqual([])
  })
})
