import { expect, test } from 'vitest'
import { endOfShare, lastDay } from './last-day.ts'

const now = new Date('2026-11-28T20:00:00Z')
const limit = { now, longestDays: 30, timeZone: 'Asia/Shanghai' }

test('the last day is counted where the person lives', () => {
  expect(lastDay(limit)).toBe('2026-12-29')
  expect(lastDay({ ...limit, timeZone: 'UTC' })).toBe('2026-12-28')
  expect(lastDay({ ...limit, longestDays: undefined })).toBeUndefined()
})

test('a share holds to the end of its day, also where clocks change', () => {
  expect(endOfShare('2026-12-01', limit)).toBe('2026-12-01T16:00:00.000Z')
  const berlin = { now, longestDays: undefined, timeZone: 'Europe/Berlin' }
  expect(endOfShare('2027-03-28', berlin)).toBe('2027-03-28T22:00:00.000Z')
})

test('the last day stands for the latest that may be; a later one is left to the server to refuse', () => {
  expect(endOfShare('2026-12-29', limit)).toBeUndefined()
  expect(endOfShare('2026-12-30', limit)).toBe('2026-12-30T16:00:00.000Z')
})

test('what is no day is sent as it is', () => {
  expect(endOfShare('soon', limit)).toBe('soon')
})
