import { dayLength } from '../language/values/date.ts'
import { dayIn, yearIn, type Calendar } from './calendar.ts'
import type { WorkingAmount } from './amount.ts'
import {
  addWorkingMilliseconds,
  isWorking,
  lastClosing,
  nextOpening,
  workingTimeBetween,
} from './working-time.ts'
import { lastAtMost } from './year-of-work.ts'

/** How far ahead or back the working days of a calendar are looked for. */
const yearsToLook = 100

/**
 * The instant an amount of working time after a start: first whole working days, then working time.
 *
 * One working day on is the same time of the next day that has work, however long either day is, but within its work. A
 * start outside working time counts as the next opening, and what would be due at an opening is due at the closing
 * before it, the moment at which as much has been worked: from the opening of a day, or from the evening before, one
 * working day ends at the closing of that day. Where all days are alike, a working day is exactly the hours of one day.
 */
export function addWorkingTime(calendar: Calendar, start: number, amount: WorkingAmount): number {
  const { days, milliseconds } = amount
  if (days === 0) return addWorkingMilliseconds(calendar, start, milliseconds)
  const opening = nextOpening(calendar, start)
  const reached = sameTimeOn(calendar, opening, days)
  const worked = workingTimeBetween(calendar, start, reached) + milliseconds
  return addWorkingMilliseconds(calendar, start, worked)
}

/**
 * The instant from which an amount of working time leads to an end: the mirror of `addWorkingTime`. An end outside
 * working time counts as the closing before it, and the result is never a moment of closing.
 */
export function subtractWorkingTime(calendar: Calendar, end: number, amount: WorkingAmount): number {
  const { days, milliseconds } = amount
  if (days === 0) return addWorkingMilliseconds(calendar, end, -milliseconds)
  const closing = lastClosing(calendar, end)
  const reached = sameTimeOn(calendar, closing, -days)
  const worked = workingTimeBetween(calendar, reached, end) + milliseconds
  return addWorkingMilliseconds(calendar, end, -worked)
}

/** The end of a period that is counted in days: the closing of its last day, or a time on it, in milliseconds since 00:00. */
export type Until = 'closing' | number

/**
 * The end of a period of working days of which the day of the start is not counted, as in Article 201 of the Civil
 * Code of China and Article 3 of Regulation (EEC, Euratom) No 1182/71: on the last of them, at the closing (Article
 * 203 of the Civil Code) or at a time. A time outside the work of that day stands for the closing before it.
 */
export function endOfWorkingDays(
  calendar: Calendar,
  start: number,
  { days, until }: { days: number; until: Until },
): number {
  const first = isWorking(calendar, start) ? workingDayAt(calendar, start) : dayIn(calendar, start)
  const last = workingDayFrom(calendar, first, days)
  const { closing } = limitsOf(calendar, last)
  const reached =
    until === 'closing' ? closing : Math.min(closing, calendar.clock.first(last * dayLength + until))
  return addWorkingMilliseconds(
    calendar,
    start,
    workingTimeBetween(calendar, start, Math.max(start, reached)),
  )
}

/**
 * The time of a working instant on the day so many working days on (or back), within the work of that day. The opening
 * of a day (or, on the way back, its closing) stands for that of the other, so that whole days remain whole days.
 */
function sameTimeOn(calendar: Calendar, instant: number, days: number): number {
  const { clock } = calendar
  const day = days > 0 ? workingDayAt(calendar, instant) : workingDayAt(calendar, instant - 1)
  const reached = workingDayFrom(calendar, day, days)
  const { opening, closing } = limitsOf(calendar, reached)
  if (days > 0 && instant === limitsOf(calendar, day).opening) return opening
  if (days < 0 && instant === limitsOf(calendar, day).closing) return closing
  return Math.min(closing, Math.max(opening, clock.first(clock.shown(instant) + (reached - day) * dayLength)))
}

/** The day to whose shifts an instant within working time belongs; a night shift is of the day on which it starts. */
function workingDayAt(calendar: Calendar, instant: number): number {
  for (let year = yearIn(calendar, instant); ; year--) {
    const { starts, days, firsts } = calendar.year(year)
    const window = lastAtMost(starts, instant)
    if (window >= 0) return days[lastAtMost(firsts, window)] as number
  }
}

/** The day so many days with work after (or before) a day, which need not have work itself. */
function workingDayFrom(calendar: Calendar, day: number, count: number): number {
  const direction = count > 0 ? 1 : -1
  let rest = Math.abs(count)
  const first = new Date(day * dayLength).getUTCFullYear()
  let lastWithWork = first
  for (let year = first; Math.abs(year - lastWithWork) <= yearsToLook; year += direction) {
    const { days } = calendar.year(year)
    const upToDay = lastAtMost(days, day)
    const index = direction > 0 ? upToDay + rest : lastAtMost(days, day - 1) + 1 - rest
    if (index >= 0 && index < days.length) return days[index] as number
    rest -= direction > 0 ? days.length - 1 - upToDay : lastAtMost(days, day - 1) + 1
    if (days.length > 0) lastWithWork = year
  }
  throw new RangeError(
    `The calendar "${calendar.name}" has too few working days within ${yearsToLook} years. Give it a shift.`,
  )
}

/** The first opening and the last closing of a day that has work. */
function limitsOf({ year }: Calendar, day: number): { opening: number; closing: number } {
  const { starts, ends, days, firsts } = year(new Date(day * dayLength).getUTCFullYear())
  const index = lastAtMost(days, day)
  const next = firsts[index + 1] ?? starts.length
  return { opening: starts[firsts[index] as number] as number, closing: ends[next - 1] as number }
}
