import { expect, it } from 'vitest'
import { fieldTypeRegistry } from '../../definitions/index.ts'
import type { FieldSpec } from '../spec/schema-spec.ts'
import { convert } from './conversions.ts'

const columns: Readonly<Record<string, string>> = {
  integer: 'bigint',
  rating: 'smallint',
  decimal: 'numeric(28,2)',
  percent: 'numeric(28,2)',
  boolean: 'boolean',
  date: 'date',
  datetime: 'timestamptz(3)',
  choices: 'text[]',
  reference: 'uuid',
  user: 'uuid',
  address: 'jsonb',
  json: 'jsonb',
}

function field(type: string, given: Partial<FieldSpec> = {}): FieldSpec {
  const parts = type === 'money' ? ['', '__currency'] : ['']
  return {
    name: 'f',
    type,
    keeping: 'stored',
    columns: parts.map((suffix) => ({
      name: `f${suffix}`,
      suffix,
      type: suffix === '' ? (type === 'money' ? 'numeric(24,4)' : (columns[type] ?? 'text')) : 'text',
    })),
    ...given,
  }
}

/** Every pair of stored field types that is not refused; what is missing here is. */
const possible: Readonly<Record<string, readonly string[]>> = {
  text: ['long_text', 'choice', 'state'],
  long_text: ['text', 'choice', 'state'],
  email: ['text', 'long_text', 'choice', 'state'],
  phone: ['text', 'long_text', 'choice', 'state'],
  url: ['text', 'long_text', 'choice', 'state'],
  choice: ['text', 'long_text', 'choices', 'state'],
  state: ['text', 'long_text', 'choice'],
  sequence: ['text', 'long_text', 'choice', 'state'],
  integer: ['decimal', 'percent', 'text'],
  rating: ['integer', 'decimal', 'percent', 'text'],
  decimal: ['percent', 'text'],
  percent: ['decimal', 'text'],
  money: [],
  boolean: ['text'],
  date: ['datetime', 'text'],
  datetime: [],
  choices: [],
  reference: ['user'],
  user: ['reference'],
  address: ['json'],
  json: [],
}

it('knows of every stored field type into which others it may turn', () => {
  const stored = [...fieldTypeRegistry().values()].filter(({ storage }) => storage === 'stored')
  expect(Object.keys(possible).toSorted()).toEqual(stored.map(({ name }) => name).toSorted())
  for (const [from, expected] of Object.entries(possible)) {
    const found = Object.keys(possible).filter(
      (to) => to !== from && convert(field(from), field(to), 'UTC').kind !== 'refused',
    )
    expect([from, found.toSorted()]).toEqual([from, [...expected].toSorted()])
  }
})

it('looks for values that do not fit wherever a type is narrower', () => {
  const misfit = (from: FieldSpec, to: FieldSpec) => {
    const conversion = convert(from, to, 'UTC')
    return conversion.kind === 'lossless' ? conversion.misfit?.condition('"f"') : undefined
  }
  expect(misfit(field('text'), field('choice', { values: ["a'b"] }))).toContain("'a''b'")
  expect(misfit(field('long_text'), field('text'))).toBe('char_length("f") > 255')
  expect(misfit(field('long_text'), field('text', { maxLength: 40 }))).toBe('char_length("f") > 40')
  expect(
    misfit(
      field('decimal'),
      field('decimal', { columns: [{ name: 'f', suffix: '', type: 'numeric(28,0)' }] }),
    ),
  ).toContain('round("f"::numeric, 0)')
})
