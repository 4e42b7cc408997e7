import { expect, test } from 'vitest'
import { loadProject } from '../../platform/definitions/index.ts'
import { load, problemLines, projectFolder, soundFiles } from './project-files.ts'

const path = 'metadata/base/objects/account.json'

test.each([
  ['a missing comma', '{\n  "name": "account"\n  "label": "Account"\n}', `${path}:3:3  json`],
  ['a comment', '{\n  // the account\n  "name": "account"\n}', `${path}:2:3  json`],
  ['a trailing comma', '{\n  "name": "account",\n}', `${path}:3:1  json`],
  ['a key given twice', '{\n  "name": "account",\n  "name": "other"\n}', `${path}:3:3  json`],
  ['a list instead of an object', '[]', `${path}:1:1  json`],
  ['an empty file', '', `${path}:1:1  json`],
  ['endless nesting', `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, `${path}:1:69  json`],
  ['bytes that are not UTF-8', Buffer.from([0x7b, 0xff, 0xfe, 0x7d]), `${path}:1:1  encoding`],
  ['a prototype as a key', '{"__proto__": {}}', `${path}:1:2  json`],
])('%s is refused with its line and column', (_, content, line) => {
  const loaded = load({ ...soundFiles, [path]: content })
  expect(problemLines(loaded)).toContain(line)
  expect(loaded.model).toBeUndefined()
})

test('a byte order mark is passed over', () => {
  const text = `\ufeff${JSON.stringify(soundFiles[path])}`
  expect(load({ ...soundFiles, [path]: text }).problems).toEqual([])
})

test('a fault inside an expression has the column of the very character, behind escapes too', () => {
  const text =
    '{"name": "account", "label": "A", "name_field": "name", "fields": {"name": {"type": "text"},\n' +
    '"size": {"type": "integer"},\n' +
    '"shown": {"type": "formula", "returns": "text", "expression": "record.name + \\"\\u00e9\\" + record.nam"}}}'
  const loaded = load({ ...soundFiles, [path]: text })
  const problem = loaded.problems.find(({ code }) => code === 'expression')
  expect(problem).toMatchObject({
    remedy: expect.stringContaining('name') as string,
    place: { file: path, line: 3 },
  })
  const column = (problem?.place.column ?? 0) - 1
  expect(text.split('\n')[2]?.slice(column - 7)).toMatch(/^(record\.nam|\.?nam)|nam/)
})

test.each([
  [
    'a package without a manifest',
    { 'metadata/lost/objects/x.json': {} },
    'metadata/lost/tessera.json:1:1  missing_manifest',
  ],
  [
    'a folder that is no kind',
    { 'metadata/base/object/x.json': {} },
    'metadata/base/object:1:1  unknown_kind',
  ],
  ['a file in no folder', { 'metadata/base/x.json': {} }, 'metadata/base/x.json:1:1  stray_file'],
  [
    'a manifest with another name',
    { 'metadata/base/tessera.json': { name: 'bass', version: '1.2.0' } },
    'metadata/base/tessera.json:1:1  name',
  ],
  [
    'a version that is none',
    { 'metadata/base/tessera.json': { name: 'base', version: '1' } },
    'metadata/base/tessera.json:3:14 /version value',
  ],
  [
    'a document filed under another name',
    { 'metadata/base/roles/buyer.json': { name: 'byer', label: 'B' } },
    'metadata/base/roles/buyer.json:2:11 /name name',
  ],
])('%s is reported', (_, files, line) => {
  const folder = {
    ...soundFiles,
    ...files,
    'tessera.project.json': {
      tenants: { acme: { packages: ['base', ...('metadata/lost/objects/x.json' in files ? ['lost'] : [])] } },
    },
  }
  expect(problemLines(load(folder))).toContain(line)
})

test.each([
  [
    'a package that is not there',
    { extra: {}, packages: ['bse'] },
    'tessera.project.json:1:1  unknown_package',
  ],
  [
    'a need that is not there',
    { extra: { crm: '1.0.0' } },
    'metadata/extra/tessera.json:5:12 /needs/crm unknown_package',
  ],
  [
    'a version that is too low',
    { extra: { base: '^1.3.0' } },
    'metadata/extra/tessera.json:5:13 /needs/base package_version',
  ],
  [
    'a version of another major',
    { extra: { base: '^0.9.0' } },
    'metadata/extra/tessera.json:5:13 /needs/base package_version',
  ],
  [
    'a circle of needs',
    { extra: { base: '1.0.0' }, base: { extra: '1.0.0' } },
    'metadata/extra/tessera.json:5:13 /needs/base package_circle',
  ],
])(
  '%s is reported',
  (
    _,
    { extra, base, packages = ['base', 'extra'] }: { extra: object; base?: object; packages?: string[] },
    line,
  ) => {
    const files = {
      ...soundFiles,
      'tessera.project.json': { tenants: { acme: { packages } } },
      'metadata/base/tessera.json': { name: 'base', version: '1.2.0', ...(base ? { needs: base } : {}) },
      'metadata/extra/tessera.json': { name: 'extra', version: '1.0.0', needs: extra },
    }
    expect(problemLines(load(files))).toContain(line)
  },
)

test.each([
  ['no project file', {}, 'tessera.project.json:1:1  missing_project'],
  [
    'an unknown currency',
    { tenants: { acme: { packages: ['base'], currency: 'XXQ' } } },
    'tessera.project.json:7:19 /tenants/acme/currency currency',
  ],
  [
    'an unknown time zone',
    { tenants: { acme: { packages: ['base'], time_zone: 'Mars/Base' } } },
    'tessera.project.json:7:20 /tenants/acme/time_zone time_zone',
  ],
  [
    'a misspelt key',
    { tenants: { acme: { package: ['base'], packages: ['base'] } } },
    'tessera.project.json:4:7 /tenants/acme/package unknown_key',
  ],
])('%s is reported', (_, project, line) => {
  const { 'tessera.project.json': _project, ...files } = soundFiles
  const loaded = load('tenants' in project ? { ...files, 'tessera.project.json': project } : files)
  expect(problemLines(loaded)).toContain(line)
})

test('a broken file is reported alone, without every reference to what it would have declared', () => {
  const loaded = load({ ...soundFiles, [path]: '{' })
  expect(loaded.problems.map(({ code }) => code)).toEqual(['json'])
})

test('a package of the project may not bear the name of a shipped one', () => {
  const shippedFolder = projectFolder(soundFiles)
  const folder = projectFolder(soundFiles)
  const { problems } = loadProject({ folder, shippedFolder })
  expect(problems.map(({ code }) => code)).toEqual(['duplicate_package', 'duplicate_package'])
})
