import { expect, it } from 'vitest'
import { calendarProblems } from './calendar-problems.ts'
import type { CalendarDeclaration } from './declaration.ts'

const day = { days: ['monday', 'tuesday'], from: '09:00', to: '17:00' } as const
const good: CalendarDeclaration = {
  name: 'office',
  time_zone: 'Asia/Shanghai',
  shifts: { day },
  exceptions: {
    '2026-10-01': { type: 'holiday', through: '2026-10-07' },
    '2026-10-10': { type: 'working_day', like: 'monday' },
  },
  every_year: { '02-29': { type: 'holiday' } },
}

function found(change: Partial<CalendarDeclaration>, others: Record<string, CalendarDeclaration> = {}) {
  const declaration = { ...good, ...change }
  return calendarProblems(declaration, { office: declaration, ...others }).map(
    ({ path, message, remedy }) => `/${path.join('/')} ${message} ${remedy}`,
  )
}

it('finds nothing wrong with a good calendar', () => {
  expect(found({})).toEqual([])
  expect(found({ shifts: { day, night: { ...day, from: '17:00', to: '09:00' } } })).toEqual([])
  expect(found({ shifts: undefined, around_the_clock: true })).toEqual([])
})

it.each<[string, Partial<CalendarDeclaration>, string]>([
  ['a zone that is none', { time_zone: 'Asia/Peking' }, '/time_zone "Asia/Peking" is no time zone.'],
  ['no work', { shifts: {}, exceptions: {} }, '/shifts The calendar has no work.'],
  [
    'shifts beside the whole day',
    { around_the_clock: true },
    '/shifts A calendar around the clock has no room',
  ],
  [
    'shifts that overlap',
    { shifts: { day, late: { days: ['tuesday'], from: '16:59', to: '20:00' } } },
    '/shifts/late The shifts "day" and "late" overlap on tuesday.',
  ],
  [
    'a shift without length',
    { shifts: { day: { ...day, from: '09:00', to: '09:00' } } },
    '/shifts/day A shift from 09:00 to 09:00 has no clear length.',
  ],
  [
    'a date that does not exist',
    { exceptions: { '2026-02-30': { type: 'holiday' } } },
    '/exceptions/2026-02-30 There is no 2026-02-30.',
  ],
  [
    'a day of the year that does not exist',
    { every_year: { '13-01': { type: 'holiday' } } },
    '/every_year/13-01',
  ],
  [
    'an end before the beginning',
    { exceptions: { '2026-10-01': { type: 'holiday', through: '2026-09-07' } } },
    '/exceptions/2026-10-01/through 2026-09-07 is not after 2026-10-01.',
  ],
  [
    'a rule of years',
    { exceptions: { '2026-10-01': { type: 'holiday', through: '2062-10-07' } } },
    '/exceptions/2026-10-01/through The rule holds for more than 400 days.',
  ],
  [
    'two rules for a day',
    { exceptions: { ...good.exceptions, '2026-10-07': { type: 'holiday' } } },
    '/exceptions/2026-10-07 2026-10-07 has two rules: those of 2026-10-01 and of 2026-10-07.',
  ],
  [
    'work like a day without work',
    { exceptions: { '2026-10-10': { type: 'working_day', like: 'sunday' } } },
    '/exceptions/2026-10-10/like There is no work on a sunday.',
  ],
  [
    'special hours that overlap',
    {
      every_year: {
        '12-31': {
          type: 'special_hours',
          shifts: [
            { from: '09:00', to: '12:00' },
            { from: '11:00', to: '13:00' },
          ],
        },
      },
    },
    '/every_year/12-31/shifts/1 11:00 to 13:00 overlaps an earlier shift of the day.',
  ],
  [
    'holidays of a calendar that is not there',
    { holidays_from: 'china' },
    '/holidays_from There is no calendar "china". Known: office.',
  ],
  [
    'holidays of itself',
    { holidays_from: 'office' },
    '/holidays_from "office" takes its own holidays from itself.',
  ],
])('finds %s', (_, change, problem) => {
  const problems = found(change)
  expect(problems).toHaveLength(1)
  expect(problems[0]).toContain(problem)
})

it('finds holidays that would come from a third calendar', () => {
  const china = { ...good, name: 'china', holidays_from: 'asia' }
  expect(found({ holidays_from: 'china' }, { china })).toEqual([
    '/holidays_from "china" takes its own holidays from "asia". Name a calendar that declares the holidays itself.',
  ])
})
