import { expect, test } from 'vitest'
import { parseNumber } from './parse-number.ts'

test.each([
  ['1200', '1200'],
  ['1,200', '1200'],
  ['1,200.50', '1200.50'],
  ['1.200,50', '1200.50'],
  ['1 200', '1200'],
  ['12,5', '12.5'],
  ['-.5', '-0.5'],
  ['12.5 %', '12.5'],
  ['1，200', '1200'],
  ['900000000000000000000000.0001', '900000000000000000000000.0001'],
])('%s means %s', (typed, meant) => expect(parseNumber(typed)).toBe(meant))

test.each(['', 'abc', '1.2.3,4,5', '--1', '.', '12x'])('%s is no number', (typed) =>
  expect(parseNumber(typed)).toBeNull(),
)
