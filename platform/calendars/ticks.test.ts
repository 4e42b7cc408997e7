import { expect, it } from 'vitest'
import { createCalendar } from './calendar.ts'
import { nextTick, type Ticks } from './ticks.ts'

const daily: Ticks = {
  minutes: [9 * 60],
  weekdays: undefined,
  daysOfMonth: undefined,
  calendar: undefined,
  timeZone: 'UTC',
}
const after = (ticks: Partial<Ticks>, text: string) => {
  const tick = nextTick({ ...daily, ...ticks }, Date.parse(text))
  return tick === undefined ? undefined : new Date(tick).toISOString().replace(':00.000Z', '')
}

it('comes every day, strictly after the moment', () => {
  expect(after({}, '2026-11-23T08:59:59Z')).toBe('2026-11-23T09:00')
  expect(after({}, '2026-11-23T09:00:00Z')).toBe('2026-11-24T09:00')
  expect(after({ minutes: [0, 30, 60] }, '2026-11-23T00:30:00Z')).toBe('2026-11-23T01:00')
})

it('follows the clock of its zone', () => {
  const timeZone = 'Europe/Berlin'
  expect(after({ timeZone }, '2026-10-24T12:00:00Z')).toBe('2026-10-25T08:00')
  expect(after({ timeZone, minutes: [150] }, '2026-03-28T12:00:00Z')).toBe('2026-03-29T01:00')
  const twice = { timeZone, minutes: [150] }
  expect(after(twice, '2026-10-24T12:00:00Z')).toBe('2026-10-25T00:30')
  expect(after(twice, '2026-10-25T00:30:00Z')).toBe('2026-10-26T01:30')
  expect(after({ timeZone: 'Asia/Shanghai', minutes: [0] }, '2026-11-23T15:59:00Z')).toBe('2026-11-23T16:00')
})

it('comes on days of the week and of the month', () => {
  expect(after({ weekdays: new Set([1]) }, '2026-11-23T10:00:00Z')).toBe('2026-11-30T09:00')
  expect(after({ daysOfMonth: new Set([-1]) }, '2028-02-01T00:00:00Z')).toBe('2028-02-29T09:00')
  expect(after({ daysOfMonth: new Set([31]) }, '2026-11-01T00:00:00Z')).toBe('2026-12-31T09:00')
  expect(after({ daysOfMonth: new Set([-30]) }, '2026-02-01T00:00:00Z')).toBe('2026-03-02T09:00')
})

it('comes on days of work in a calendar, and never where there is none', () => {
  const office = createCalendar({
    name: 'office',
    label: 'Office',
    time_zone: 'UTC',
    shifts: { day: { days: ['friday', 'monday'], from: '09:00', to: '17:00' } },
    exceptions: { '2026-11-30': { type: 'holiday' } },
  } as never)
  expect(after({ calendar: office }, '2026-11-27T10:00:00Z')).toBe('2026-12-04T09:00')
  const closed = createCalendar({ name: 'closed', label: 'Closed', time_zone: 'UTC', shifts: {} } as never)
  expect(after({ calendar: closed }, '2026-11-27T10:00:00Z')).toBeUndefined()
})
