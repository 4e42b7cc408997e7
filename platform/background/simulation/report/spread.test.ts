import { expect, test } from 'vitest'
import { aroundTheClock } from '../../../calendars/calendar.ts'
import { spreadOf, timeBetween } from './spread.ts'

test.each([
  [[], undefined],
  [[7], { count: 1, median_ms: 7, p90_ms: 7 }],
  [[3, 1, 2], { count: 3, median_ms: 2, p90_ms: 3 }],
  [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10], { count: 10, median_ms: 5, p90_ms: 9 }],
])('of %j half and nine of ten are no longer', (times, spread) => {
  expect(spreadOf(times)).toEqual(spread)
})

test('time is that on the clock, or the work of a calendar', () => {
  const [from, to] = [new Date('2026-03-06T15:00:00Z'), new Date('2026-03-09T10:00:00Z')]
  expect(timeBetween(undefined, from, to)).toBe(67 * 3_600_000)
  expect(timeBetween(aroundTheClock, from, to)).toBe(67 * 3_600_000)
})
