import { describe, expect, it } from 'vitest'
import { parseAmount } from './amount.ts'
import { aroundTheClock, createCalendar } from './calendar.ts'
import { weekdays } from './declaration.ts'
import { addWorkingTime, endOfWorkingDays, subtractWorkingTime } from './working-days.ts'

const workdays = weekdays.slice(0, 4)

/** Monday to Thursday with a lunch break, Friday until two; the National Day is off. */
const office = createCalendar({
  name: 'office',
  time_zone: 'Asia/Shanghai',
  shifts: {
    morning: { days: workdays, from: '09:00', to: '12:00' },
    afternoon: { days: workdays, from: '13:00', to: '18:00' },
    friday: { days: ['friday'], from: '09:00', to: '14:00' },
  },
  exceptions: { '2026-10-01': { type: 'holiday', through: '2026-10-07' } },
})

const at = (text: string) => Date.parse(`${text}+08:00`)
const shown = (instant: number) => new Date(instant + 8 * 3_600_000).toISOString().slice(0, 16)

describe('a working day on', () => {
  it.each([
    ['the same time of the next working day', '2026-11-23T15:00', 'P1D', '2026-11-24T15:00'],
    ['over a weekend and a holiday', '2026-09-30T15:00', 'P1D', '2026-10-08T15:00'],
    ['several days', '2026-11-23T10:00', 'P5D', '2026-11-30T10:00'],
    ['the closing of the same day, from its opening', '2026-11-23T09:00', 'P1D', '2026-11-23T18:00'],
    ['the closing of the next working day, from a weekend', '2026-11-21T11:00', 'P1D', '2026-11-23T18:00'],
    ['the closing of the next day, from the evening', '2026-11-23T20:00', 'P1D', '2026-11-24T18:00'],
    ['the closing of a shorter day', '2026-11-26T16:00', 'P1D', '2026-11-27T14:00'],
    ['the beginning of a break, from within one', '2026-11-23T12:30', 'P1D', '2026-11-24T12:00'],
    ['days first, then hours', '2026-11-23T15:00', 'P1DT4H', '2026-11-25T10:00'],
    ['hours alone', '2026-11-26T16:00', 'PT4H', '2026-11-27T11:00'],
  ])('is %s', (_, start, amount, due) => {
    expect(shown(addWorkingTime(office, at(start), parseAmount(amount)))).toBe(due)
  })

  it('is the same time by the clock where it is put forward in between', () => {
    const always = createCalendar({ name: 'always', time_zone: 'Europe/London', around_the_clock: true })
    const start = Date.parse('2026-03-28T12:00Z')
    expect(addWorkingTime(always, start, parseAmount('P1D'))).toBe(Date.parse('2026-03-29T11:00Z'))
    expect(addWorkingTime(always, start, parseAmount('PT24H'))).toBe(Date.parse('2026-03-29T12:00Z'))
    expect(addWorkingTime(aroundTheClock, start, parseAmount('P1D'))).toBe(Date.parse('2026-03-29T12:00Z'))
  })

  it('is never earlier for a later start, also in the hour that comes twice', () => {
    const always = createCalendar({ name: 'always', time_zone: 'America/New_York', around_the_clock: true })
    const due = (start: string) => new Date(addWorkingTime(always, Date.parse(start), parseAmount('P1D')))
    expect(due('2026-11-01T01:45-04:00')).toEqual(new Date('2026-11-02T01:45-05:00'))
    expect(due('2026-11-01T01:15-05:00')).toEqual(new Date('2026-11-02T02:00-05:00'))
    expect(due('2026-11-01T02:15-05:00')).toEqual(new Date('2026-11-02T02:15-05:00'))
  })

  it('is the same hour of the next night for a night shift', () => {
    const night = createCalendar({
      name: 'night',
      time_zone: 'Asia/Shanghai',
      shifts: { night: { days: ['monday', 'wednesday'], from: '22:00', to: '06:00' } },
    })
    expect(shown(addWorkingTime(night, at('2026-11-24T03:00'), parseAmount('P1D')))).toBe('2026-11-26T03:00')
  })
})

it('does not lead from a long night past the closing of a shorter day into the day after', () => {
  const mixed = createCalendar({
    name: 'mixed',
    time_zone: 'Asia/Shanghai',
    shifts: {
      night: { days: ['monday'], from: '22:00', to: '06:00' },
      short: { days: ['tuesday'], from: '09:00', to: '11:00' },
      early: { days: ['wednesday'], from: '05:00', to: '07:00' },
    },
  })
  expect(shown(addWorkingTime(mixed, at('2026-11-24T05:30'), parseAmount('P1D')))).toBe('2026-11-24T11:00')
})

it('keeps a whole day whole where the next day begins earlier', () => {
  const uneven = createCalendar({
    name: 'uneven',
    time_zone: 'Asia/Shanghai',
    shifts: {
      late: { days: ['monday'], from: '10:00', to: '18:00' },
      early: { days: ['tuesday'], from: '07:00', to: '12:00' },
    },
  })
  const monday = '2026-11-23T18:00'
  expect(shown(addWorkingTime(uneven, at('2026-11-22T12:00'), parseAmount('P1D')))).toBe(monday)
  expect(shown(addWorkingTime(uneven, at('2026-11-23T10:00'), parseAmount('P1D')))).toBe(monday)
  expect(shown(subtractWorkingTime(uneven, at('2026-11-24T12:00'), parseAmount('P1D')))).toBe(
    '2026-11-24T07:00',
  )
})

describe('a working day back', () => {
  it.each([
    ['the same time of the working day before', '2026-11-24T15:00', 'P1D', '2026-11-23T15:00'],
    ['the opening of the same day, from its closing', '2026-11-23T18:00', 'P1D', '2026-11-23T09:00'],
    ['the opening of the last working day, from a weekend', '2026-11-22T11:00', 'P1D', '2026-11-20T09:00'],
    ['over a holiday', '2026-10-08T10:00', 'P2D', '2026-09-29T10:00'],
    ['hours alone', '2026-11-24T10:00', 'PT2H', '2026-11-23T17:00'],
  ])('is %s', (_, end, amount, begin) => {
    expect(shown(subtractWorkingTime(office, at(end), parseAmount(amount)))).toBe(begin)
  })
})

describe('a period of working days', () => {
  it.each([
    [
      'ends at the closing of its last day',
      '2026-11-23T15:00',
      { days: 2, until: 'closing' },
      '2026-11-25T18:00',
    ],
    [
      'does not count the day of the start, however early',
      '2026-11-23T07:00',
      { days: 1, until: 'closing' },
      '2026-11-24T18:00',
    ],
    ['begins after a day off', '2026-11-22T15:00', { days: 1, until: 'closing' }, '2026-11-23T18:00'],
    [
      'ends at a time of its last day',
      '2026-11-23T15:00',
      { days: 1, until: 16 * 3_600_000 },
      '2026-11-24T16:00',
    ],
    [
      'ends no later than work does',
      '2026-11-26T15:00',
      { days: 1, until: 16 * 3_600_000 },
      '2026-11-27T14:00',
    ],
    [
      'ends before a break that its time is in',
      '2026-11-23T15:00',
      { days: 1, until: 12.5 * 3_600_000 },
      '2026-11-24T12:00',
    ],
  ] as const)('%s', (_, start, period, end) => {
    expect(shown(endOfWorkingDays(office, at(start), period))).toBe(end)
  })
})

it('has no time left for a period whose end on the last day comes before a start in the night', () => {
  const night = createCalendar({
    name: 'night',
    time_zone: 'Asia/Shanghai',
    shifts: { night: { days: weekdays, from: '22:00', to: '06:00' } },
  })
  const start = at('2026-11-24T03:00')
  expect(endOfWorkingDays(night, start, { days: 1, until: 2 * 3_600_000 })).toBe(start)
})

it('refuses an amount that has no meaning in a working calendar', () => {
  for (const text of ['P', 'PT', 'P1W', 'P1M', '2D', 'P1.5D', 'PT', 'P1DT', '-P1D', ''])
    expect(() => parseAmount(text)).toThrow('is not an amount of working time')
  expect(parseAmount('P2DT1H30M5S')).toEqual({ days: 2, milliseconds: 5_405_000 })
})

it('refuses more working days than a calendar has', () => {
  const once = createCalendar({
    name: 'once',
    time_zone: 'UTC',
    exceptions: { '2026-01-05': { type: 'special_hours', shifts: [{ from: '09:00', to: '10:00' }] } },
  })
  expect(() => addWorkingTime(once, Date.parse('2026-01-05T09:30Z'), parseAmount('P2D'))).toThrow(
    'The calendar "once" has too few working days within 100 years. Give it a shift.',
  )
})
