import { expect, test } from 'vitest'
import type { ClockView } from '#lib/shared/api/types.ts'
import { clockColour, remainingOf, timeText } from './time-left.ts'

const hour = 3_600_000
const running: ClockView = {
  service_level: 'care',
  promise: 'answer',
  label: 'Answer',
  status: 'running',
  outcome: 'open',
  target_ms: 4 * hour,
  remaining_ms: hour,
  percent: 75,
  counting: true,
  turns_at: null,
  due_at: '2026-11-23T13:00:00.000Z',
  breached_at: null,
  started_at: '2026-11-23T09:00:00.000Z',
  ended_at: null,
  alerts: [],
}

test('time runs on between two answers while it counts, and stands outside working hours', () => {
  expect(remainingOf(running, 2 * hour)).toBe(-hour)
  expect(remainingOf({ ...running, counting: false }, 2 * hour)).toBe(hour)
})

test('time is in hours and minutes, and never nothing before it is over', () => {
  expect([90 * 60_000, -5 * 60_000, 40 * hour, 1, 0].map(timeText)).toEqual([
    '1 hr 30 min',
    '5 min',
    '40 hr',
    '1 min',
    '0 min',
  ])
})

test('the colour says late, warned, kept or standing', () => {
  const warned = { name: 'warnings/half', label: 'Half', at: null, outcome: 'fired' as const }
  expect(clockColour(running, 1)).toBe('blue')
  expect(clockColour(running, 0)).toBe('red')
  expect(clockColour({ ...running, alerts: [warned] }, 1)).toBe('amber')
  expect(clockColour({ ...running, status: 'paused', alerts: [warned] }, 1)).toBe('grey')
  expect(clockColour({ ...running, status: 'stopped', outcome: 'kept' }, 1)).toBe('green')
  expect(clockColour({ ...running, status: 'stopped', outcome: 'broken' }, -1)).toBe('red')
})
