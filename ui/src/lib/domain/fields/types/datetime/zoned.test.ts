import { expect, test } from 'vitest'
import { momentOf, wallClock } from './zoned.ts'

test('a moment reads differently in different zones', () => {
  expect(wallClock('2026-11-22T20:30:00.000Z', 'Asia/Shanghai')).toEqual({ day: '2026-11-23', time: '04:30' })
  expect(wallClock('2026-11-22T20:30:00.000Z', 'UTC')).toEqual({ day: '2026-11-22', time: '20:30' })
})

test('a reading of the clock is turned back into its moment', () => {
  expect(momentOf('2026-11-23', '04:30', 'Asia/Shanghai')).toBe('2026-11-22T20:30:00.000Z')
  expect(momentOf('2026-07-01', '12:00', 'Europe/Zurich')).toBe('2026-07-01T10:00:00.000Z')
})

test('a time that clocks show twice is the first of the two', () => {
  expect(momentOf('2026-10-25', '02:30', 'Europe/Zurich')).toBe('2026-10-25T00:30:00.000Z')
})

test('a time that clocks skip is the moment after the gap', () => {
  expect(momentOf('2026-03-29', '02:30', 'Europe/Zurich')).toBe('2026-03-29T01:30:00.000Z')
})

test('what is no time has no moment', () => {
  expect(momentOf('2026-11-23', '', 'UTC')).toBeNull()
})
