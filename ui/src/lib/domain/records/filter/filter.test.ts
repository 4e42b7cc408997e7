import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Clause, Literal } from './clause.ts'
import { readFilter } from './read.ts'
import { bothFilters, writeFilter } from './write.ts'

const path = fc.constantFrom('title', 'account.name', 'close_on', 'a1_b')
const literal: fc.Arbitrary<Literal> = fc.oneof(
  fc.record({ type: fc.constant('text' as const), value: fc.string({ unit: 'binary', minLength: 1 }) }),
  fc.record({ type: fc.constant('number' as const), value: fc.constantFrom('0', '-12', '3.50') }),
  fc.record({ type: fc.constant('boolean' as const), value: fc.boolean() }),
  fc.record({ type: fc.constant('date' as const), value: fc.constant('2026-11-22') }),
  fc.record({ type: fc.constant('datetime' as const), value: fc.constant('2026-11-22T08:00:00.000Z') }),
)
const one = (...operators: ('equals' | 'not_equals' | 'less' | 'greater')[]) =>
  fc.record({
    kind: fc.constant('field' as const),
    path,
    operator: fc.constantFrom(...operators),
    values: fc.tuple(literal),
  })
const clause: fc.Arbitrary<Clause> = fc.oneof(
  one('equals', 'not_equals', 'less', 'greater'),
  fc.record({
    kind: fc.constant('field' as const),
    path,
    operator: fc.constant('between' as const),
    values: fc.tuple(literal, literal),
  }),
  fc.record({
    kind: fc.constant('field' as const),
    path,
    operator: fc.constant('in' as const),
    values: fc.array(literal, { minLength: 1, maxLength: 4 }),
  }),
  fc.record({
    kind: fc.constant('field' as const),
    path,
    operator: fc.constantFrom('blank' as const, 'not_blank' as const),
    values: fc.constant([]),
  }),
  fc.record({
    kind: fc.constant('expression' as const),
    text: fc.constantFrom("record.a == 'x' || record.b > 2", 'size(record.t) > 3'),
  }),
)

test('what clicking built is read back as the same clauses', () => {
  fc.assert(
    fc.property(fc.array(clause, { minLength: 2, maxLength: 4 }), (clauses) => {
      expect(readFilter(writeFilter(clauses))).toEqual(clauses)
    }),
  )
})

test('a text with quotes, brackets and operators inside stays one text', () => {
  const text = "it's (a && b) || [c]"
  expect(
    readFilter(
      writeFilter([
        { kind: 'field', path: 'title', operator: 'equals', values: [{ type: 'text', value: text }] },
      ]),
    ),
  ).toEqual([{ kind: 'field', path: 'title', operator: 'equals', values: [{ type: 'text', value: text }] }])
})

test('an expression that clicking cannot make stays an expression', () => {
  expect(readFilter('record.close_on < today() + duration("P3D")')).toEqual([
    { kind: 'expression', text: 'record.close_on < today() + duration("P3D")' },
  ])
})

test('a condition with "or" is one expression, never split', () => {
  expect(readFilter('record.a == 1 && record.b == 2 || record.c == 3')).toHaveLength(1)
})

test('a search for a word ignores capitals', () => {
  expect(
    writeFilter([
      { kind: 'field', path: 'title', operator: 'contains', values: [{ type: 'text', value: 'ABC' }] },
    ]),
  ).toBe("record.title.lower().contains('abc')")
})

test('two filters are put in brackets before they are joined', () => {
  expect(bothFilters('a || b', 'c')).toBe('(a || b) && (c)')
  expect(bothFilters(undefined, 'c')).toBe('c')
  expect(bothFilters('', '')).toBeUndefined()
})
