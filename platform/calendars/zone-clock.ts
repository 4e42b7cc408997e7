import { dayLength } from '../language/values/date.ts'
import { wallClock } from '../language/values/zone.ts'

/**
 * The clock on the wall of a time zone. A wall time is milliseconds counted as if the clock showed UTC, an instant is
 * milliseconds since 1970 in UTC.
 */
export interface ZoneClock {
  /**
   * The latest wall time that the clock has shown by an instant. It differs from what the clock shows only in the
   * hour that is gone through twice when the clock is put back, so it never decreases.
   */
  shown(instant: number): number
  /**
   * The first instant at which the clock shows a wall time or a later one. A time that does not exist is so the
   * moment of the jump, and of a time that exists twice it is the first.
   */
  first(wall: number): number
}

/** A stretch of time within one UTC year in which the offset from UTC is the same. */
interface Stretch {
  readonly from: number
  readonly to: number
  readonly offset: number
}

const hour = 3_600_000

/** No zone is further from UTC than 14 hours to the east or 12 to the west; an hour more of each is safe. */
const farthestEast = 15 * hour

const clocks = new Map<string, ZoneClock>()

/** The clock of an IANA zone; its offsets are found once for each year. */
export function zoneClock(timeZone: string): ZoneClock {
  let clock = clocks.get(timeZone)
  if (clock === undefined) clocks.set(timeZone, (clock = createClock(timeZone)))
  return clock
}

function createClock(timeZone: string): ZoneClock {
  const years = new Map<number, readonly Stretch[]>()
  function stretchAt(instant: number): Stretch {
    const year = new Date(instant).getUTCFullYear()
    let stretches = years.get(year)
    if (stretches === undefined) years.set(year, (stretches = stretchesOf(year, timeZone)))
    return stretches.find(({ to }) => instant < to) as Stretch
  }
  return {
    shown(instant) {
      const { from, offset } = stretchAt(instant)
      const before = instant - from < 2 * hour ? stretchAt(from - 1).offset : offset
      return Math.max(instant + offset, from + before)
    },
    first(wall) {
      for (let stretch = stretchAt(wall - farthestEast); ; stretch = stretchAt(stretch.to)) {
        const instant = wall - stretch.offset
        if (instant < stretch.to) return Math.max(instant, stretch.from)
      }
    },
  }
}

/** Less than the shortest time between two changes of a zone since 1970: an hour less than a week (Boa Vista, 2000). */
const step = 5 * dayLength
const second = 1000

/** Looks at every fifth day and, where the offset differs from that of the look before, halves down to the second. */
function stretchesOf(year: number, timeZone: string): readonly Stretch[] {
  const offsetAt = (instant: number) => wallClock(instant, timeZone) - instant
  const end = startOf(year + 1)
  const stretches: Stretch[] = []
  let from = startOf(year)
  let offset = offsetAt(from)
  for (let known = from; known < end;) {
    const next = Math.min(known + step, end)
    if (offsetAt(next) === offset) {
      known = next
      continue
    }
    let low = known
    let high = next
    while (high - low > second) {
      const middle = low + Math.floor((high - low) / second / 2) * second
      if (offsetAt(middle) === offset) low = middle
      else high = middle
    }
    if (high === end) break
    stretches.push({ from, to: high, offset })
    from = known = high
    offset = offsetAt(high)
  }
  return [...stretches, { from, to: end, offset }]
}

function startOf(year: number): number {
  return new Date(0).setUTCFullYear(year, 0, 1)
}
