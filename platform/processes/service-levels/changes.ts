import { nothingHeld, type ClockRow } from './clock-row.ts'
import type { SeenPromise } from './conditions.ts'
import type { ClockChange } from './course.ts'

/**
 * What has happened to a promise between two looks at its conditions, in order.
 *
 * A clock starts when `starts_when` begins to hold, and again when it holds and `stops_when` ceases to. A record that
 * was there before the service level is looked at for the first time when it is changed: what is open then starts, and
 * what is over does not.
 *
 * @param row what was seen last; undefined for a promise that is looked at for the first time
 * @param isNew whether the record has just been made
 */
export function changesSince(
  row: Pick<ClockRow, 'clock' | 'held'> | undefined,
  { seen, isNew, now }: { seen: SeenPromise; isNew: boolean; now: number },
): readonly ClockChange[] {
  const { held, startsAt, promise } = seen
  const before = row?.held ?? nothingHeld
  const clock = row?.clock ?? null
  const isOpen = held.starts && !held.stops
  const wasOpen = before.starts && !before.stops
  const isFirst = clock === null && held.starts && !before.starts
  const begins = (isOpen && !wasOpen) || (isFirst && (isNew || row !== undefined))
  const isAtRest = clock === null || clock.endedAt !== null
  const goesOn = clock?.status === 'stopped' && promise.declaration.again === 'continue'
  const changes: ClockChange[] = []
  if (begins) changes.push({ type: 'start', at: goesOn ? now : startsAt })
  if (held.resets && !before.resets && !(begins && isAtRest)) changes.push({ type: 'reset', at: now })
  changes.push({ type: held.pauses ? 'pause' : 'resume', at: now })
  if (held.stops) changes.push({ type: 'stop', at: now })
  return changes
}
