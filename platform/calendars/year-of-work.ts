import { dayLength } from '../language/values/date.ts'
import type { DayPlan } from './day-plan.ts'
import type { ZoneClock } from './zone-clock.ts'

/** The windows of work of all days of one year (on the clock of the zone), in order and without overlap. */
export interface YearOfWork {
  readonly starts: Float64Array
  readonly ends: Float64Array
  /** Milliseconds worked in the year before each window. */
  readonly before: Float64Array
  /** Milliseconds worked in the whole year. */
  readonly total: number
  /** The days that have a window, as days since 1970-01-01. */
  readonly days: Int32Array
  /** The first window of each of these days. */
  readonly firsts: Int32Array
}

/**
 * Lays out one year. A shift belongs to the day on which it starts. Where one reaches into another, of
 * the next day or against the check of the same day, the time counts once, for the earlier one.
 */
export function yearOfWork(year: number, { plan, clock }: { plan: DayPlan; clock: ZoneClock }): YearOfWork {
  const firstDay = new Date(0).setUTCFullYear(year, 0, 1) / dayLength
  const lastDay = new Date(0).setUTCFullYear(year + 1, 0, 1) / dayLength
  const windows: { start: number; end: number }[] = []
  const days: number[] = []
  const firsts: number[] = []
  let workedUntil = endOfDay(firstDay - 1)
  for (let day = firstDay; day < lastDay; day++) {
    const before = windows.length
    for (const { from, to } of plan(day)) {
      const start = Math.max(clock.first(day * dayLength + from), workedUntil)
      const end = clock.first(day * dayLength + to)
      if (start >= end) continue
      windows.push({ start, end })
      workedUntil = end
    }
    if (windows.length === before) continue
    days.push(day)
    firsts.push(before)
  }
  let total = 0
  const before = Float64Array.from(windows, ({ start, end }) => (total += end - start) - (end - start))
  return {
    starts: Float64Array.from(windows, ({ start }) => start),
    ends: Float64Array.from(windows, ({ end }) => end),
    before,
    total,
    days: Int32Array.from(days),
    firsts: Int32Array.from(firsts),
  }

  function endOfDay(day: number): number {
    return Math.max(...plan(day).map(({ to }) => clock.first(day * dayLength + to)))
  }
}

/** Milliseconds worked in the year up to an instant. */
export function workedBy(instant: number, { starts, ends, before }: YearOfWork): number {
  const window = lastAtMost(starts, instant)
  if (window < 0) return 0
  return (before[window] as number) + Math.min(instant, ends[window] as number) - (starts[window] as number)
}

/** The index of the last value that is not above the limit, in values that rise; -1 where all are above. */
export function lastAtMost(values: Float64Array | Int32Array, limit: number): number {
  let low = -1
  let high = values.length
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if ((values[middle] as number) <= limit) low = middle
    else high = middle
  }
  return low
}
