import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { FieldContext } from './field-type.ts'
import { fieldTypeRegistry } from './registry.ts'
import { text } from './text.ts'

const registry = fieldTypeRegistry()

/** A declaration that each type accepts, and one sound value where the type takes any. */
const examples: Readonly<Record<string, { declaration?: object; value?: unknown }>> = {
  text: { value: '王小明 😀' },
  long_text: { value: 'two\nlines' },
  email: { value: 'wang@example.com' },
  phone: { value: '+861065529988' },
  url: { value: 'https://example.com/a' },
  integer: { value: 12 },
  decimal: { value: '12.5' },
  percent: { value: '12.5' },
  money: { value: { amount: '12.5', currency: 'EUR' } },
  rating: { value: 4 },
  boolean: { value: false },
  date: { value: '2026-11-22' },
  datetime: { value: '2026-11-22T08:30:00.000Z' },
  choice: { value: 'a' },
  choices: { value: ['a', 'b'] },
  state: { value: 'a' },
  reference: { declaration: { to: 'account' }, value: '01930000-0000-7000-8000-000000000000' },
  user: { declaration: { to: 'user' }, value: '01930000-0000-7000-8000-000000000000' },
  references: { declaration: { to: 'account' }, value: ['01930000-0000-7000-8000-000000000000'] },
  lines: { declaration: { of: 'line.order' }, value: [{ amount: 1 }] },
  sequence: { declaration: { sequence: 'numbers' } },
  formula: { declaration: { returns: 'money', expression: 'record.amount' } },
  rollup: { declaration: { returns: 'decimal', of: 'line.order', function: 'sum' } },
  address: { value: { city: '北京', country: 'CN' } },
  json: { value: { a: [1, null, 'x'] } },
}

function contextOf(name: string): FieldContext {
  return {
    declaration: { type: name, ...examples[name]?.declaration },
    defaultCurrency: 'EUR',
    choices: new Set(['a', 'b']),
  }
}

describe.each([...registry.values()])('$name', (type) => {
  const context = contextOf(type.name)

  test('says what it is, with every option described', () => {
    expect(type.description).toMatch(/\.$/)
    for (const [option, schema] of Object.entries(type.options))
      expect(schema.description ?? schema.$ref, option).toBeTruthy()
    for (const option of type.requiredOptions ?? []) expect(Object.keys(type.options)).toContain(option)
  })

  test('has columns where it is stored or computed, and none where it lives in other tables', () => {
    expect(type.columns(context).length > 0).toBe(type.storage !== 'relation')
    expect(type.columns(context).filter(({ suffix }) => suffix === '').length).toBe(
      type.storage === 'relation' ? 0 : 1,
    )
  })

  test('accepts its example and gives it back unchanged through its columns', () => {
    const { value } = examples[type.name] as { value?: unknown }
    const checked = type.check(value, context)
    expect(checked.ok).toBe(value !== undefined)
    if (!checked.ok || type.storage !== 'stored') return
    expect(checked.value).toEqual(value)
    const columns = type.toColumns?.(checked.value) ?? [checked.value]
    expect(columns.length).toBe(type.columns(context).length)
    expect(type.fromColumns?.(columns, context) ?? columns[0]).toEqual(value)
  })

  test('judges any JSON value without throwing, and what it accepts it accepts again, unchanged', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 3 }), (value) => {
        if (value === null) return
        const checked = type.check(value, context)
        if (!checked.ok) {
          expect(checked.message.length).toBeGreaterThan(0)
          return
        }
        if (checked.value !== null) expect(type.check(checked.value, context)).toEqual(checked)
      }),
      { numRuns: 200 },
    )
  })
})

test('every shipped type has an example here, and a type is never replaced', () => {
  expect([...registry.keys()].sort()).toEqual(Object.keys(examples).sort())
  expect(() => fieldTypeRegistry([text])).toThrow('Field type "text" is registered twice')
})
