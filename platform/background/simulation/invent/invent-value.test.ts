import { expect, test } from 'vitest'
import { fieldTypeRegistry } from '../../../definitions/field-types/registry.ts'
import { modelFromDocuments } from '../../../definitions/index.ts'
import { randomFor } from '../../recipes/random.ts'
import { inventValue } from './invent-value.ts'

const choices = { choices: { a: {}, b: {}, c: { retired: true } } }
const fields = {
  name: { type: 'text', required: true },
  text: { type: 'text', max_length: 4 },
  long_text: { type: 'long_text', min_length: 30 },
  code: { type: 'text', pattern: '[A-Z]' },
  email: { type: 'email' },
  phone: { type: 'phone' },
  url: { type: 'url' },
  integer: { type: 'integer', minimum: 3, maximum: 9 },
  small: { type: 'integer', maximum: -5 },
  decimal: { type: 'decimal', scale: 3 },
  percent: { type: 'percent', maximum: 30 },
  money: { type: 'money', currency: 'EUR', minimum: 100 },
  rating: { type: 'rating', maximum: 3 },
  boolean: { type: 'boolean' },
  date: { type: 'date' },
  datetime: { type: 'datetime' },
  choice: { type: 'choice', ...choices },
  choices: { type: 'choices', ...choices },
  address: { type: 'address' },
  json: { type: 'json' },
  other: { type: 'reference', to: 'thing' },
  others: { type: 'references', to: 'thing' },
  person: { type: 'user' },
  sum: { type: 'formula', returns: 'integer', expression: 'record.integer + 1' },
}
const model = modelFromDocuments({
  object: {
    thing: { name: 'thing', label: 'Thing', plural: 'Things', name_field: 'name', fields },
  },
})
const declared = [...(model.objects.get('thing')?.fields.values() ?? [])].filter(({ name }) => name in fields)

/** Types whose values are records, or come from the system alone. */
const withoutValues = new Set([
  'reference',
  'references',
  'lines',
  'user',
  'state',
  'sequence',
  'formula',
  'rollup',
])

test('every type of field that holds a value of its own is tried here', () => {
  const tried = new Set(declared.map(({ type }) => type.name))
  const all = [...fieldTypeRegistry().keys()].filter((name) => !withoutValues.has(name))
  expect(all.filter((name) => !tried.has(name))).toEqual([])
})

test.each(declared.map((field) => [field.name, field] as const))('%s', (name, field) => {
  const values = Array.from({ length: 60 }, (_, at) =>
    inventValue(field, {
      random: randomFor(at, name),
      at: new Date('2026-03-02T09:00:00Z'),
      mark: at + 1,
      literals: [],
    }),
  )
  if (withoutValues.has(field.type.name)) return expect(new Set(values)).toEqual(new Set([undefined]))
  for (const value of values) expect(field.type.check(value, field.context)).toMatchObject({ ok: true })
  if (field.choices !== undefined) expect(values.flat()).not.toContain('c')
})

test('values lie where the process compares them with something, and elsewhere', () => {
  const field = declared.find(({ name }) => name === 'decimal')
  if (field === undefined) throw new Error('There is no such field.')
  const near = ['99', '100', '101']
  const values = Array.from({ length: 200 }, (_, at) =>
    String(inventValue(field, { random: randomFor(at, ''), at: new Date(0), mark: at, literals: ['100'] })),
  )
  for (const value of near) expect(values.filter((each) => each === value).length).toBeGreaterThan(15)
  expect(values.filter((each) => !near.includes(each)).length).toBeGreaterThan(40)
})
