import { expect, test } from 'vitest'
import { explainValue } from '../../platform/definitions/index.ts'
import { load, problemLines, soundFiles } from './project-files.ts'

test('an overlay of a later package merges into the document of an earlier one', () => {
  const { model, problems } = load(soundFiles)
  expect(problems).toEqual([])
  const account = model?.objects.get('account')
  expect(account?.fields.get('name')?.context.declaration).toEqual({
    type: 'text',
    required: true,
    max_length: 200,
  })
  expect(account?.fields.has('vip')).toBe(true)
  expect(model?.packages).toEqual([
    { name: 'base', version: '1.2.0', label: 'Base' },
    { name: 'extra', version: '1.0.0', label: undefined },
  ])
  expect(model?.settings).toEqual({ currency: 'EUR', timeZone: 'UTC', locale: 'en' })
})

test('a needed package comes along, and before the one that needs it', () => {
  const project = { tenants: { acme: { packages: ['extra'] } } }
  expect(
    load({ ...soundFiles, 'tessera.project.json': project }).model?.packages.map(({ name }) => name),
  ).toEqual(['base', 'extra'])
})

test('a null removes a field, and a list is replaced whole', () => {
  const { model } = load({
    ...soundFiles,
    'metadata/base/objects/account.json': {
      name: 'account',
      label: 'Account',
      name_field: 'name',
      fields: { name: { type: 'text' }, size: { type: 'integer' } },
      search: ['name'],
      indexes: { by_size: { fields: ['size', 'name'] } },
    },
    'metadata/extra/objects/account.json': {
      fields: { size: null },
      indexes: { by_size: { fields: ['name'] } },
    },
  })
  expect(model?.objects.get('account')?.fields.has('size')).toBe(false)
  expect(model?.objects.get('account')?.indexes).toEqual([{ name: 'by_size', fields: ['name'] }])
})

test('the platform itself is the lowest layer: an overlay may add a field to its people', () => {
  const { model, problems } = load({
    ...soundFiles,
    'metadata/extra/objects/user.json': { fields: { badge: { type: 'text' } } },
  })
  expect(problems).toEqual([])
  expect(model?.objects.get('user')?.fields.get('badge')?.type.name).toBe('text')
})

test('an explanation names the file that set a value and what it overrode', () => {
  const { layers } = load(soundFiles)
  const found = explainValue(layers, 'objects/account/fields/name/max_length')
  expect(found.value).toBe(200)
  expect(found.setBy).toMatchObject({
    package: 'extra',
    place: { file: 'metadata/extra/objects/account.json', line: 4, column: 7 },
  })
  expect(found.others).toMatchObject([{ package: 'base', value: 100 }])
})

test('an explanation of a field gives each of its values with its own origin', () => {
  const found = explainValue(load(soundFiles).layers, '/objects/account/fields/name')
  expect(found.setBy.package).toBe('base')
  expect(found.parts.map(({ pointer, setBy }) => [pointer, setBy.package])).toEqual([
    ['objects/account/fields/name/type', 'base'],
    ['objects/account/fields/name/required', 'base'],
    ['objects/account/fields/name/max_length', 'extra'],
  ])
})

test('an explanation of what is not there names what is near', () => {
  const { layers } = load(soundFiles)
  expect(() => explainValue(layers, 'objects/acount')).toThrow(
    'There is no object "acount". Did you mean "account"?',
  )
  expect(() => explainValue(layers, 'objects/account/fields/nam')).toThrow('Did you mean "name"?')
})

test('a fault in an overlay is placed in the overlay, also where the merged document shows it', () => {
  const loaded = load({
    ...soundFiles,
    'metadata/extra/objects/account.json': { fields: { name: { max_lenght: 9, max_length: 'long' } } },
  })
  expect(problemLines(loaded)).toEqual([
    'metadata/extra/objects/account.json:4:7 /fields/name/max_lenght unknown_key',
    'metadata/extra/objects/account.json:5:21 /fields/name/max_length type',
  ])
  expect(loaded.model).toBeUndefined()
})

test('what a later layer breaks is placed where it was broken', () => {
  const loaded = load({ ...soundFiles, 'metadata/extra/objects/account.json': { fields: { name: null } } })
  expect(problemLines(loaded)).toEqual(['metadata/base/objects/account.json:5:17 /name_field unknown_field'])
  const removed = load({ ...soundFiles, 'metadata/extra/objects/account.json': { name_field: null } })
  expect(problemLines(removed)).toEqual(['metadata/extra/objects/account.json:2:17 /name_field missing'])
})

test('a fault that a later layer mends is still a fault of its package, reported once', () => {
  const loaded = load({
    ...soundFiles,
    'metadata/base/roles/seller.json': { name: 'seller', label: 'Seller', features: { import: 'yes' } },
    'metadata/extra/roles/seller.json': { features: { import: true } },
  })
  expect(problemLines(loaded)).toEqual(['metadata/base/roles/seller.json:5:15 /features/import type'])
})

test('an overlay of a misspelt object is not taken for a new object in silence', () => {
  const loaded = load({ ...soundFiles, 'metadata/extra/objects/acount.json': { fields: {} } })
  expect(loaded.problems.find(({ code }) => code === 'unknown_document')?.remedy).toBe(
    'Did you mean "account"? Then name the file account.json.',
  )
})

test('removing what is not there is a warning', () => {
  const loaded = load({ ...soundFiles, 'metadata/extra/objects/account.json': { fields: { sise: null } } })
  expect(loaded.problems).toMatchObject([
    { severity: 'warning', code: 'removes_nothing', place: { line: 3 } },
  ])
  expect(loaded.model).toBeDefined()
})
