import type { Calendar } from '../../../calendars/calendar.ts'
import { workingTimeBetween } from '../../../calendars/working-time.ts'

/** How long something took, in milliseconds: half of the times, and nine of ten, were no longer. */
export interface Spread {
  readonly count: number
  readonly median_ms: number
  readonly p90_ms: number
}

/** Undefined where nothing was measured. */
export function spreadOf(times: readonly number[]): Spread | undefined {
  if (times.length === 0) return undefined
  const sorted = times.toSorted((a, b) => a - b)
  return { count: sorted.length, median_ms: atShare(sorted, 0.5), p90_ms: atShare(sorted, 0.9) }
}

/** By the nearest rank: a time that was measured. */
function atShare(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] as number
}

/** Time between two moments: work in the calendar, or time on the clock without one. */
export function timeBetween(calendar: Calendar | undefined, from: Date, to: Date): number {
  const elapsed = to.getTime() - from.getTime()
  return calendar === undefined ? elapsed : workingTimeBetween(calendar, from.getTime(), to.getTime())
}
