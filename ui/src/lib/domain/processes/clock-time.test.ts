import { expect, test } from 'vitest'
import type { CountedClock } from '#lib/shared/api/types.ts'
import { remainingAfter } from './clock-time.svelte.ts'

const hour = 3_600_000
const clock = (values: Partial<CountedClock>) =>
  ({
    at: '2026-11-23T10:00:00Z',
    counting: true,
    turns_at: null,
    remaining_ms: 2 * hour,
    ...values,
  }) as CountedClock

test('what is left falls while the clock counts', () => {
  expect(remainingAfter(clock({}), hour)).toBe(hour)
  expect(remainingAfter(clock({}), 3 * hour)).toBe(-hour)
})

test('it stands when work ends, and before it begins again', () => {
  const closing = clock({ turns_at: '2026-11-23T11:00:00Z' })
  expect([0.5, 1, 4].map((hours) => remainingAfter(closing, hours * hour))).toEqual([1.5 * hour, hour, hour])
  const opening = clock({ counting: false, turns_at: '2026-11-23T11:00:00Z' })
  expect([0.5, 1, 1.5].map((hours) => remainingAfter(opening, hours * hour))).toEqual([
    2 * hour,
    2 * hour,
    1.5 * hour,
  ])
})

test('a clock that is paused or over stands', () => {
  expect(remainingAfter(clock({ counting: false }), 5 * hour)).toBe(2 * hour)
})
