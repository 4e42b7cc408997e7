import fc from 'fast-check'
import {
  weekdays,
  type CalendarDeclaration,
  type DatedRule,
  type Hours,
} from '../../platform/calendars/declaration.ts'
import { minute } from './minute-oracle.ts'

/** Weeks around which time is looked at: around changes of the clock, the turn of a year, and others. */
const moments: Readonly<Record<string, readonly string[]>> = {
  'Asia/Shanghai': ['2026-01-01', '2026-10-01', '2026-02-15'],
  'America/New_York': ['2026-03-08', '2026-11-01', '2026-12-31'],
  'Europe/London': ['2026-03-29', '2026-10-25', '2026-07-15'],
  'Australia/Lord_Howe': ['2026-04-05', '2026-10-04', '2027-01-01'],
  'Asia/Kolkata': ['2026-08-15', '2026-12-31', '2028-02-29'],
  // Puts its clock forward at midnight, so that a day begins at one o'clock.
  'Africa/Cairo': ['2026-04-24', '2026-10-30', '2026-06-01'],
}

/** A calendar with the minute at which a week around an interesting moment begins. */
export interface Situation {
  readonly declaration: CalendarDeclaration
  readonly from: number
}

/** Times of day in quarters of an hour, often those at which clocks are changed. */
const quarterOfDay = fc.oneof(fc.integer({ min: 0, max: 96 }), fc.constantFrom(0, 4, 6, 7, 8, 10, 12, 92, 96))

/** Shifts of a day: pairs of drawn times, sorted so that they do not overlap. */
const shiftsOfDay: fc.Arbitrary<readonly Hours[]> = fc
  .uniqueArray(quarterOfDay, { minLength: 2, maxLength: 6 })
  .map((quarters) => {
    const sorted = quarters.toSorted((a, b) => a - b)
    return Array.from({ length: Math.floor(sorted.length / 2) }, (_, index) => ({
      from: timeOf(sorted[2 * index] as number),
      to: timeOf(sorted[2 * index + 1] as number),
    }))
  })

/** A shift that passes midnight. */
const nightShift: fc.Arbitrary<Hours> = fc
  .tuple(fc.integer({ min: 72, max: 95 }), fc.integer({ min: 0, max: 32 }))
  .map(([from, to]) => ({ from: timeOf(from), to: to === 0 ? '24:00' : timeOf(to) }))

const days = fc.subarray([...weekdays], { minLength: 1 })

const week: fc.Arbitrary<Pick<CalendarDeclaration, 'shifts' | 'around_the_clock'>> = fc.oneof(
  { weight: 1, arbitrary: fc.constant({ around_the_clock: true }) },
  {
    weight: 6,
    arbitrary: fc.tuple(fc.array(fc.tuple(shiftsOfDay, days), { minLength: 1, maxLength: 2 }), days).map(
      // Two groups of weekdays have hours of their own; a day of both has those of the first.
      ([groups]) => ({ shifts: shiftsOfGroups(groups) }),
    ),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(nightShift, days, fc.option(fc.tuple(shiftsOfDay, days), { nil: undefined }))
      // A night shift may reach into the shifts of the next day.
      .map(([hours, of, group]) => ({
        shifts: { ...(group && shiftsOfGroups([group])), night: { ...hours, days: of } },
      })),
  },
)

function shiftsOfGroups(
  groups: readonly (readonly [readonly Hours[], readonly (typeof weekdays)[number][]])[],
) {
  const taken = new Set<string>()
  const shifts: Record<string, Hours & { days: (typeof weekdays)[number][] }> = {}
  for (const [group, [hours, of]] of groups.entries()) {
    const free = of.filter((weekday) => !taken.has(weekday))
    for (const weekday of free) taken.add(weekday)
    if (free.length === 0) continue
    for (const [index, shift] of hours.entries()) shifts[`shift_${group}_${index}`] = { ...shift, days: free }
  }
  return shifts
}

const rule: fc.Arbitrary<DatedRule> = fc.oneof(
  fc.constant({ type: 'holiday' as const }),
  fc.constantFrom(...weekdays).map((like) => ({ type: 'working_day' as const, like })),
  shiftsOfDay.map((shifts) => ({ type: 'special_hours' as const, shifts })),
)

export const situations: fc.Arbitrary<Situation> = fc
  .constantFrom(...Object.keys(moments))
  .chain((zone) =>
    fc.record({ zone: fc.constant(zone), around: fc.constantFrom(...(moments[zone] as string[])) }),
  )
  .chain(({ zone, around }) =>
    fc.record({
      zone: fc.constant(zone),
      around: fc.constant(Date.parse(around)),
      week,
      rules: fc.dictionary(
        fc.integer({ min: -4, max: 8 }).map((offset) => dateOf(Date.parse(around) + offset * 1440 * minute)),
        rule,
        { maxKeys: 3 },
      ),
      yearly: fc.option(rule, { nil: undefined }),
    }),
  )
  .map(({ zone, around, week: working, rules, yearly }) => ({
    declaration: {
      name: 'drawn',
      time_zone: zone,
      ...working,
      exceptions: rules,
      ...(yearly === undefined ? {} : { every_year: { [dateOf(around).slice(5)]: yearly } }),
    },
    from: around - 4 * 1440 * minute,
  }))

/** How many minutes of a situation are looked at. */
export const minutesLookedAt = 11 * 1440

/** A minute of the stretch that is looked at. */
export const minutes = fc.integer({ min: 0, max: minutesLookedAt })

function timeOf(quarter: number): string {
  return `${String(Math.floor(quarter / 4)).padStart(2, '0')}:${String((quarter % 4) * 15).padStart(2, '0')}`
}

function dateOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10)
}
