import fc from 'fast-check'
import { expect, it, vi } from 'vitest'
import { createCalendar } from '../../platform/calendars/calendar.ts'
import {
  addWorkingMilliseconds,
  isWorking,
  lastClosing,
  nextClosing,
  nextOpening,
  workingTimeBetween,
  workingWindows,
} from '../../platform/calendars/working-time.ts'
import { addWorkingTime, subtractWorkingTime } from '../../platform/calendars/working-days.ts'
import { minute, workedMinutes } from './minute-oracle.ts'
import { minutes, minutesLookedAt, situations, type Situation } from './random-calendars.ts'

// As many runs as one asks for may take.
vi.setConfig({ testTimeout: 3_600_000 })

const numRuns = Number(process.env.TESSERA_PROPERTY_RUNS ?? 12) * 5

/** A situation with its calendar and what was found by stepping through every minute. */
function stepped({ declaration, from }: Situation) {
  const to = from + minutesLookedAt * minute
  return { calendar: createCalendar(declaration), worked: workedMinutes(declaration, { from, to }), from, to }
}

it('counts the same minutes as a clock that is watched minute by minute', () => {
  fc.assert(
    fc.property(situations, minutes, minutes, (situation, one, other) => {
      const { calendar, worked, from } = stepped(situation)
      const [first, last] = one < other ? [one, other] : [other, one]
      const counted = worked.subarray(first, last).reduce((sum, is) => sum + is, 0)
      expect(workingTimeBetween(calendar, from + first * minute, from + last * minute)).toBe(counted * minute)
    }),
    { numRuns },
  )
})

it('knows of every minute whether it is worked, and lists the same windows', () => {
  fc.assert(
    fc.property(situations, fc.array(minutes, { minLength: 30, maxLength: 30 }), (situation, looked) => {
      const { calendar, worked, from, to } = stepped(situation)
      for (const at of looked.filter((minuteOf) => minuteOf < minutesLookedAt))
        expect(isWorking(calendar, from + at * minute)).toBe(worked[at] === 1)
      const listed = new Uint8Array(minutesLookedAt)
      for (const { start, end } of workingWindows(calendar, { from, to }))
        listed.fill(1, (start - from) / minute, (end - from) / minute)
      expect(Buffer.compare(listed, worked)).toBe(0)
    }),
    { numRuns },
  )
})

it('adds working time up to the first moment by which it has been worked', () => {
  fc.assert(
    fc.property(situations, minutes, fc.integer({ min: 1, max: 3000 }), (situation, start, amount) => {
      const { calendar, worked, from } = stepped(situation)
      let rest = amount
      let at = start
      while (rest > 0 && at < minutesLookedAt) rest -= worked[at++] as number
      const due = addWorkingMilliseconds(calendar, from + start * minute, amount * minute)
      if (rest === 0) expect(due).toBe(from + at * minute)
      else expect(due).toBeGreaterThan(from + at * minute)
    }),
    { numRuns },
  )
})

it('takes working time off back to the last moment since which it has been worked', () => {
  fc.assert(
    fc.property(situations, minutes, fc.integer({ min: 1, max: 3000 }), (situation, end, amount) => {
      const { calendar, worked, from } = stepped(situation)
      let rest = amount
      let at = end
      while (rest > 0 && at > 0) rest -= worked[--at] as number
      const begin = addWorkingMilliseconds(calendar, from + end * minute, -amount * minute)
      if (rest === 0) expect(begin).toBe(from + at * minute)
      else expect(begin).toBeLessThan(from + at * minute)
    }),
    { numRuns },
  )
})

it('finds openings and closings where stepping finds them', () => {
  fc.assert(
    fc.property(situations, fc.integer({ min: 0, max: 4 * 1440 }), (situation, start) => {
      const { calendar, worked, from } = stepped(situation)
      const opening = worked.indexOf(1, start)
      if (opening >= 0) expect(nextOpening(calendar, from + start * minute)).toBe(from + opening * minute)
      const closing = worked.indexOf(0, start)
      if (closing >= 0) expect(nextClosing(calendar, from + start * minute)).toBe(from + closing * minute)
      const last = worked.lastIndexOf(1, start - 1)
      if (start > 0 && last >= 0)
        expect(lastClosing(calendar, from + start * minute)).toBe(from + (last + 1) * minute)
    }),
    { numRuns },
  )
})

const instants = fc.integer({ min: Date.parse('2024-01-01'), max: Date.parse('2029-01-01') })
const lengths = fc.integer({ min: 1, max: 900 * 3_600_000 })

/** Calendars with work in every week, so that far sums are reached. */
const steady = situations.map(({ declaration }) => createCalendar(declaration))

it('has worked between a start and its due moment exactly what was added', () => {
  fc.assert(
    fc.property(steady, instants, lengths, (calendar, start, length) => {
      const due = addWorkingMilliseconds(calendar, start, length)
      expect(workingTimeBetween(calendar, start, due)).toBe(length)
      expect(workingTimeBetween(calendar, start, due - 1)).toBe(length - 1)
      const begin = addWorkingMilliseconds(calendar, start, -length)
      expect(workingTimeBetween(calendar, begin, start)).toBe(length)
      expect(workingTimeBetween(calendar, begin + 1, start)).toBe(length - 1)
    }),
    { numRuns: numRuns * 2 },
  )
})

it('adds in two steps what it adds in one', () => {
  fc.assert(
    fc.property(steady, instants, lengths, lengths, (calendar, start, one, other) => {
      const twice = addWorkingMilliseconds(calendar, addWorkingMilliseconds(calendar, start, one), other)
      expect(twice).toBe(addWorkingMilliseconds(calendar, start, one + other))
    }),
    { numRuns: numRuns * 2 },
  )
})

it('leads from one instant to another by the working time between them, save for time without work', () => {
  fc.assert(
    fc.property(steady, instants, instants, (calendar, one, other) => {
      const [a, b] = one < other ? [one, other] : [other, one]
      const between = workingTimeBetween(calendar, a, b)
      expect(workingTimeBetween(calendar, b, a)).toBe(0 - between)
      const reached = addWorkingMilliseconds(calendar, a, between)
      expect(reached).toBeLessThanOrEqual(b)
      expect(workingTimeBetween(calendar, reached, b)).toBe(0)
    }),
    { numRuns: numRuns * 2 },
  )
})

it('is due no earlier for a later start or for more time, in days as in hours', () => {
  fc.assert(
    fc.property(
      steady,
      instants,
      fc.integer({ min: 0, max: 3 * 86_400_000 }),
      fc.record({ days: fc.integer({ min: 0, max: 60 }), milliseconds: fc.integer({ min: 0, max: 36e6 }) }),
      (calendar, start, later, amount) => {
        const due = addWorkingTime(calendar, start, amount)
        expect(due).toBeGreaterThanOrEqual(start)
        expect(addWorkingTime(calendar, start + later, amount)).toBeGreaterThanOrEqual(due)
        expect(addWorkingTime(calendar, start, { ...amount, days: amount.days + 1 })).toBeGreaterThanOrEqual(
          due,
        )
        const begin = subtractWorkingTime(calendar, start, amount)
        expect(begin).toBeLessThanOrEqual(start)
        expect(subtractWorkingTime(calendar, start + later, amount)).toBeGreaterThanOrEqual(begin)
      },
    ),
    { numRuns: numRuns * 2 },
  )
})

it('takes a working day for the hours of one day where all days are alike', () => {
  const alike = fc
    .tuple(situations, fc.constantFrom('Asia/Shanghai', 'Asia/Kolkata', 'UTC'))
    .map(([{ declaration }, time_zone]) => {
      const hours = Object.values(declaration.shifts ?? {})
      const days = hours[0]?.days ?? []
      const same = hours.filter((shift) => shift.days === days)
      const shifts = Object.fromEntries(same.map((shift, index) => [`shift_${index}`, shift]))
      return createCalendar({ ...declaration, time_zone, shifts, exceptions: {}, every_year: {} })
    })
  fc.assert(
    fc.property(alike, instants, fc.integer({ min: 1, max: 300 }), (calendar, start, days) => {
      const { total, days: worked } = calendar.year(2026)
      const hours = { days: 0, milliseconds: (total / worked.length) * days }
      expect(addWorkingTime(calendar, start, { days, milliseconds: 0 })).toBe(
        addWorkingTime(calendar, start, hours),
      )
      expect(subtractWorkingTime(calendar, start, { days, milliseconds: 0 })).toBe(
        subtractWorkingTime(calendar, start, hours),
      )
    }),
    { numRuns: numRuns * 2 },
  )
})
