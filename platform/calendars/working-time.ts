import { yearIn, type Calendar } from './calendar.ts'
import { lastAtMost, workedBy } from './year-of-work.ts'

/** One stretch of work. Windows of adjoining shifts are apart, for each belongs to the day on which its shift starts. */
export interface WorkingWindow {
  readonly start: number
  readonly end: number
}

/** How long a calendar may have no work at all before a look ahead or back gives up. */
const yearsToLook = 100

/**
 * Milliseconds worked between two instants; negative where the second is the earlier one.
 *
 * Instants here and below are milliseconds since 1970 in UTC. They must be whole and within the years 1 to 9999.
 */
export function workingTimeBetween(calendar: Calendar, from: number, to: number): number {
  if (to < from) return 0 - workingTimeBetween(calendar, to, from)
  const last = yearIn(calendar, checked(to))
  let worked = 0
  for (let year = firstYear(calendar, from); year <= last; year++) {
    const laidOut = calendar.year(year)
    worked += workedBy(to, laidOut) - workedBy(from, laidOut)
  }
  return worked
}

/**
 * The earliest instant by which that many milliseconds have been worked since the start; for a negative number, the
 * latest instant since which they have been worked until the start. So a due moment is never a moment of opening: eight
 * hours from the opening of an eight-hour day end at its closing, not at the opening of the next day.
 *
 * @throws RangeError where the calendar has no work within a hundred years
 */
export function addWorkingMilliseconds(calendar: Calendar, start: number, milliseconds: number): number {
  checked(start)
  if (milliseconds === 0) return start
  return milliseconds > 0
    ? workAhead(calendar, start, milliseconds)
    : workBack(calendar, start, -milliseconds)
}

/** Whether an instant is within a window of work; its start is, its end is not. */
export function isWorking(calendar: Calendar, instant: number): boolean {
  const window = lastStartedWindow(calendar, checked(instant))
  return window !== undefined && instant < window.end
}

/** The first instant of work at or after an instant. */
export function nextOpening(calendar: Calendar, instant: number): number {
  return isWorking(calendar, instant) ? instant : firstWindowAfter(calendar, instant).start
}

/** The last instant at or before which there was work: the instant itself in a window or at its end. */
export function lastClosing(calendar: Calendar, instant: number): number {
  const window = lastStartedWindow(calendar, checked(instant) - 1)
  if (window === undefined) throw withoutWork(calendar, instant)
  return Math.min(instant, window.end)
}

/** The first instant at or after an instant at which there is no work; undefined where that is over a year ahead. */
export function nextClosing(calendar: Calendar, instant: number): number | undefined {
  if (!isWorking(calendar, instant)) return instant
  let end = instant
  for (const window of workingWindows(calendar, { from: instant, to: instant + 366 * 86_400_000 })) {
    if (window.start > end) return end
    end = window.end
  }
  return end < instant + 366 * 86_400_000 ? end : undefined
}

/** The windows of work in a stretch of time, in order, cut off at its ends. */
export function* workingWindows(
  calendar: Calendar,
  { from, to }: { from: number; to: number },
): Generator<WorkingWindow> {
  const last = yearIn(calendar, checked(to))
  for (let year = firstYear(calendar, from); year <= last; year++) {
    const { starts, ends } = calendar.year(year)
    for (let index = Math.max(0, lastAtMost(starts, from)); index < starts.length; index++) {
      const start = Math.max(from, starts[index] as number)
      const end = Math.min(to, ends[index] as number)
      if (start >= to) return
      if (start < end) yield { start, end }
    }
  }
}

function workAhead(calendar: Calendar, start: number, milliseconds: number): number {
  let rest = milliseconds
  const first = firstYear(calendar, start)
  let lastWithWork = first
  for (let year = first; year <= lastWithWork + yearsToLook; year++) {
    const laidOut = calendar.year(year)
    const worked = workedBy(start, laidOut)
    if (rest <= laidOut.total - worked) {
      const window = lastAtMost(laidOut.before, worked + rest - 1)
      return (laidOut.starts[window] as number) + worked + rest - (laidOut.before[window] as number)
    }
    rest -= laidOut.total - worked
    if (laidOut.total > 0) lastWithWork = year
  }
  throw withoutWork(calendar, start)
}

function workBack(calendar: Calendar, start: number, milliseconds: number): number {
  let rest = milliseconds
  const first = yearIn(calendar, start)
  let lastWithWork = first
  for (let year = first; year >= lastWithWork - yearsToLook; year--) {
    const laidOut = calendar.year(year)
    const worked = workedBy(start, laidOut)
    if (rest <= worked) {
      const window = lastAtMost(laidOut.before, worked - rest)
      return (laidOut.starts[window] as number) + worked - rest - (laidOut.before[window] as number)
    }
    rest -= worked
    if (laidOut.total > 0) lastWithWork = year
  }
  throw withoutWork(calendar, start)
}

function firstWindowAfter(calendar: Calendar, instant: number): WorkingWindow {
  const first = yearIn(calendar, instant)
  for (let year = first; year <= first + yearsToLook; year++) {
    const { starts, ends } = calendar.year(year)
    const index = lastAtMost(starts, instant) + 1
    if (index < starts.length) return { start: starts[index] as number, end: ends[index] as number }
  }
  throw withoutWork(calendar, instant)
}

function lastStartedWindow(calendar: Calendar, instant: number): WorkingWindow | undefined {
  const last = yearIn(calendar, instant)
  for (let year = last; year >= last - yearsToLook; year--) {
    const { starts, ends } = calendar.year(year)
    const index = lastAtMost(starts, instant)
    if (index >= 0) return { start: starts[index] as number, end: ends[index] as number }
  }
  return undefined
}

/** The year before where a night shift of its last day may still be on. */
function firstYear(calendar: Calendar, instant: number): number {
  return yearIn(calendar, checked(instant) - 86_400_000)
}

const earliest = Date.parse('0001-01-03T00:00:00Z')
const latest = Date.parse('9999-12-29T00:00:00Z')

function checked(instant: number): number {
  if (Number.isInteger(instant) && instant >= earliest && instant <= latest) return instant
  throw new RangeError(
    `${instant} is not an instant. Give whole milliseconds since 1970, in the years 1 to 9999.`,
  )
}

function withoutWork({ name }: Calendar, instant: number): RangeError {
  return new RangeError(
    `The calendar "${name}" has no work within ${yearsToLook} years of ${new Date(instant).toISOString()}. Give it a shift.`,
  )
}
