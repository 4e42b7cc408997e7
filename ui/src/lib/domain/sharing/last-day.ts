import { momentOf, wallClock } from '../fields/types/datetime/zoned.ts'

interface Limit {
  readonly now: Date
  readonly longestDays: number | undefined
  readonly timeZone: string | undefined
}

const dayMs = 86_400_000

/** The last day (`2026-11-30`) on which a share that is given now may still hold; undefined where there is no limit. */
export function lastDay({ now, longestDays, timeZone }: Limit): string | undefined {
  if (longestDays === undefined) return undefined
  return wallClock(new Date(now.getTime() + longestDays * dayMs).toISOString(), timeZone).day
}

/**
 * When a share ends that holds to the end of a day. Undefined stands for the latest that may be: the end of the last day
 * lies beyond it by some hours.
 */
export function endOfShare(day: string, limit: Limit): string | undefined {
  if (day === lastDay(limit)) return undefined
  const noon = new Date(`${day}T12:00:00Z`)
  if (Number.isNaN(noon.getTime())) return day
  const next = new Date(noon.getTime() + dayMs).toISOString().slice(0, 10)
  return momentOf(next, '00:00', limit.timeZone) ?? day
}
