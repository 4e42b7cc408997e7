import { describe, expect, it } from 'vitest'
import { aroundTheClock, createCalendar, createCalendars } from './calendar.ts'
import type { Hours } from './declaration.ts'
import { weekdays } from './declaration.ts'
import {
  addWorkingMilliseconds,
  isWorking,
  lastClosing,
  nextClosing,
  nextOpening,
  workingTimeBetween,
  workingWindows,
} from './working-time.ts'

const hour = 3_600_000
const workdays = weekdays.slice(0, 5)

const shanghai = createCalendar({
  name: 'shanghai',
  time_zone: 'Asia/Shanghai',
  shifts: {
    morning: { days: workdays, from: '09:00', to: '12:00' },
    afternoon: { days: workdays, from: '13:30', to: '18:00' },
  },
  exceptions: {
    '2026-10-01': { type: 'holiday', through: '2026-10-07' },
    '2026-10-10': { type: 'working_day', like: 'monday' },
    '2026-12-31': { type: 'special_hours', shifts: [{ from: '09:00', to: '11:00' }] },
  },
  every_year: { '01-01': { type: 'holiday' } },
})

/** A calendar with one shift on every day. */
function daily(time_zone: string, hours: Hours) {
  return createCalendar({ name: 'daily', time_zone, shifts: { only: { ...hours, days: weekdays } } })
}

const at = (text: string) => Date.parse(text)
const worked = (calendar: typeof shanghai, from: string, to: string) =>
  workingTimeBetween(calendar, at(from), at(to)) / hour
const windowsOf = (calendar: typeof shanghai, from: string, to: string) =>
  [...workingWindows(calendar, { from: at(from), to: at(to) })].map(
    ({ start, end }) => `${new Date(start).toISOString()} ${(end - start) / hour}`,
  )

it('leaves breaks, nights, weekends and holidays out', () => {
  expect(worked(shanghai, '2026-11-23T11:00+08:00', '2026-11-23T14:00+08:00')).toBe(1.5)
  expect(worked(shanghai, '2026-11-20T17:00+08:00', '2026-11-23T10:00+08:00')).toBe(2)
  expect(worked(shanghai, '2026-09-30T17:00+08:00', '2026-10-08T10:00+08:00')).toBe(2)
})

it('works on a Saturday for a holiday, and only for the hours of a short day', () => {
  expect(worked(shanghai, '2026-10-10T00:00+08:00', '2026-10-12T00:00+08:00')).toBe(7.5)
  expect(worked(shanghai, '2026-12-31T00:00+08:00', '2027-01-02T00:00+08:00')).toBe(2)
})

it('is due at a closing, not at the opening after it', () => {
  const due = addWorkingMilliseconds(shanghai, at('2026-11-20T09:00+08:00'), 7.5 * hour)
  expect(due).toBe(at('2026-11-20T18:00+08:00'))
  expect(addWorkingMilliseconds(shanghai, due, 1)).toBe(at('2026-11-23T09:00+08:00') + 1)
})

it('tells opening and closing', () => {
  expect(isWorking(shanghai, at('2026-11-23T09:00+08:00'))).toBe(true)
  expect(isWorking(shanghai, at('2026-11-23T12:00+08:00'))).toBe(false)
  expect(nextOpening(shanghai, at('2026-11-21T10:00+08:00'))).toBe(at('2026-11-23T09:00+08:00'))
  expect(nextClosing(shanghai, at('2026-11-23T10:00+08:00'))).toBe(at('2026-11-23T12:00+08:00'))
  expect(lastClosing(shanghai, at('2026-11-23T09:00+08:00'))).toBe(at('2026-11-20T18:00+08:00'))
  expect(nextClosing(aroundTheClock, at('2026-11-23T10:00Z'))).toBeUndefined()
})

describe('where the clock is put forward or back', () => {
  it('counts the time that passes, not what the clock shows', () => {
    const night = daily('America/New_York', { from: '01:00', to: '03:30' })
    expect(worked(night, '2026-03-07T12:00-05:00', '2026-03-08T12:00-04:00')).toBe(1.5)
    expect(worked(night, '2026-10-31T12:00-04:00', '2026-11-01T12:00-05:00')).toBe(3.5)
    expect(worked(night, '2026-11-01T12:00-05:00', '2026-11-02T12:00-05:00')).toBe(2.5)
  })

  it('begins a shift whose time does not exist at the jump', () => {
    const early = daily('America/New_York', { from: '02:30', to: '10:00' })
    expect(windowsOf(early, '2026-03-08T00:00-05:00', '2026-03-09T00:00-04:00')).toEqual([
      '2026-03-08T07:00:00.000Z 7',
    ])
  })

  it('has no shift that lies wholly in the hour that is left out', () => {
    const short = daily('Europe/London', { from: '01:15', to: '01:45' })
    expect(windowsOf(short, '2026-03-28T12:00Z', '2026-03-30T12:00Z')).toEqual([
      '2026-03-30T00:15:00.000Z 0.5',
    ])
  })

  it('takes of a time that comes twice the first, for a beginning as for an end', () => {
    const late = daily('America/New_York', { from: '22:00', to: '01:30' })
    const early = daily('America/New_York', { from: '01:30', to: '09:00' })
    const noons = ['2026-10-31T16:00Z', '2026-11-01T17:00Z'] as const
    expect(windowsOf(late, ...noons)).toEqual(['2026-11-01T02:00:00.000Z 3.5'])
    expect(windowsOf(early, ...noons)).toEqual(['2026-11-01T05:30:00.000Z 8.5'])
  })

  it('ends at the later time where the clock is put back at the moment of the end', () => {
    const late = daily('America/New_York', { from: '22:00', to: '02:00' })
    expect(windowsOf(late, '2026-10-31T16:00Z', '2026-11-01T17:00Z')).toEqual(['2026-11-01T02:00:00.000Z 5'])
    const cairo = daily('Africa/Cairo', { from: '00:00', to: '24:00' })
    expect(worked(cairo, '2026-10-28T21:00Z', '2026-10-29T22:00Z')).toBe(25)
    expect(windowsOf(cairo, '2026-10-28T21:00Z', '2026-10-29T23:00Z')).toEqual([
      '2026-10-28T21:00:00.000Z 25',
      '2026-10-29T22:00:00.000Z 1',
    ])
  })

  it('knows zones that change by half an hour, or at midnight', () => {
    const lordHowe = daily('Australia/Lord_Howe', { from: '01:00', to: '03:00' })
    expect(worked(lordHowe, '2026-10-03T12:00Z', '2026-10-04T12:00Z')).toBe(1.5)
    expect(worked(lordHowe, '2026-04-04T12:00Z', '2026-04-05T12:00Z')).toBe(2.5)
    const cairo = daily('Africa/Cairo', { from: '00:00', to: '24:00' })
    expect(windowsOf(cairo, '2026-04-23T22:00Z', '2026-04-24T21:00Z')).toEqual([
      '2026-04-23T22:00:00.000Z 23',
    ])
  })
})

it('counts a night shift for the day on which it starts, so a holiday does not cut it short', () => {
  const night = createCalendar({
    name: 'night',
    time_zone: 'Asia/Shanghai',
    shifts: { night: { days: workdays, from: '22:00', to: '06:00' } },
    exceptions: { '2026-11-24': { type: 'holiday' } },
  })
  expect(windowsOf(night, '2026-11-23T12:00+08:00', '2026-11-25T23:00+08:00')).toEqual([
    '2026-11-23T14:00:00.000Z 8',
    '2026-11-25T14:00:00.000Z 1',
  ])
})

it('counts once what a night shift and the shift of the next day share, also at the turn of the year', () => {
  const both = createCalendar({
    name: 'both',
    time_zone: 'Asia/Shanghai',
    shifts: {
      night: { days: weekdays, from: '22:00', to: '06:00' },
      day: { days: weekdays, from: '05:00', to: '13:00' },
    },
  })
  expect(worked(both, '2026-11-23T13:00+08:00', '2026-11-24T13:00+08:00')).toBe(15)
  expect(worked(both, '2026-12-31T13:00+08:00', '2027-01-01T13:00+08:00')).toBe(15)
})

it('takes holidays from another calendar, after its own', () => {
  const calendars = createCalendars({
    china: {
      name: 'china',
      time_zone: 'Asia/Shanghai',
      around_the_clock: true,
      exceptions: { '2026-10-01': { type: 'holiday', through: '2026-10-03' } },
    },
    support: {
      name: 'support',
      time_zone: 'Asia/Shanghai',
      shifts: { day: { days: weekdays, from: '08:00', to: '20:00' } },
      exceptions: { '2026-10-02': { type: 'working_day', like: 'monday' } },
      holidays_from: 'china',
    },
  })
  const support = calendars.get('support') as typeof shanghai
  expect(worked(support, '2026-10-01T00:00+08:00', '2026-10-04T00:00+08:00')).toBe(12)
})

describe('what has no answer', () => {
  const closed = createCalendar({
    name: 'closed',
    time_zone: 'UTC',
    exceptions: { '2026-01-05': { type: 'special_hours', shifts: [{ from: '09:00', to: '10:00' }] } },
  })

  it('is refused with the name of the calendar that has no work', () => {
    expect(() => addWorkingMilliseconds(closed, at('2026-01-05T09:30Z'), hour)).toThrow(
      'The calendar "closed" has no work within 100 years of 2026-01-05T09:30:00.000Z. Give it a shift.',
    )
    expect(() => nextOpening(closed, at('2026-01-05T10:00Z'))).toThrow('"closed" has no work')
    expect(workingTimeBetween(closed, at('2026-01-01T00:00Z'), at('2027-01-01T00:00Z'))).toBe(hour)
  })

  it('is refused where the instant is none', () => {
    expect(() => isWorking(shanghai, Number.NaN)).toThrow('NaN is not an instant')
    expect(() => workingTimeBetween(shanghai, 0, 0.5)).toThrow('0.5 is not an instant')
  })
})
