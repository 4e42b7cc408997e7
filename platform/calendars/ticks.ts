import { dayLength } from '../language/values/date.ts'
import { yearIn, type Calendar } from './calendar.ts'
import { lastAtMost } from './year-of-work.ts'
import { zoneClock } from './zone-clock.ts'

const minute = 60_000
/** Longer than any break between two days that fit: every 29th of February has come by then. */
const daysLookedAt = 9 * 366

/** Moments that come again, on the clock of a zone. */
export interface Ticks {
  /** Minutes since midnight, in order. */
  readonly minutes: readonly number[]
  /** The days of the week, Sunday 0; all of them if undefined. */
  readonly weekdays: ReadonlySet<number> | undefined
  /** The days of the month, -1 the last, -2 the one before it; all of them if undefined. */
  readonly daysOfMonth: ReadonlySet<number> | undefined
  /** Only days on which there is work in it. */
  readonly calendar: Calendar | undefined
  readonly timeZone: string
}

/**
 * The first moment after an instant (milliseconds since 1970); undefined where none comes for years. A time that the
 * clock leaves out comes at the jump, and one that it shows twice comes once.
 */
export function nextTick(ticks: Ticks, after: number): number | undefined {
  const clock = zoneClock(ticks.timeZone)
  const first = Math.floor(clock.shown(after) / dayLength) - 1
  for (let day = first; day < first + daysLookedAt; day++) {
    if (!fits(ticks, day)) continue
    for (const time of ticks.minutes) {
      const instant = clock.first(day * dayLength + time * minute)
      if (instant > after) return instant
    }
  }
  return undefined
}

function fits({ weekdays, daysOfMonth, calendar }: Ticks, day: number): boolean {
  const date = new Date(day * dayLength)
  if (weekdays !== undefined && !weekdays.has(date.getUTCDay())) return false
  if (daysOfMonth !== undefined) {
    const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate()
    const isNamed = daysOfMonth.has(date.getUTCDate()) || daysOfMonth.has(date.getUTCDate() - last - 1)
    if (!isNamed) return false
  }
  return calendar === undefined || isWorkingDay(calendar, day)
}

function isWorkingDay(calendar: Calendar, day: number): boolean {
  const noon = calendar.clock.first(day * dayLength + dayLength / 2)
  const { days } = calendar.year(yearIn(calendar, noon))
  return days[lastAtMost(days, day)] === day
}
