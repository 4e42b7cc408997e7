import type { Calendar } from '../../calendars/calendar.ts'
import { delayEnd, parseDelay } from '../../calendars/delay.ts'
import { addWorkingMilliseconds, workingTimeBetween } from '../../calendars/working-time.ts'
import type { DelayRange } from './document.ts'

/**
 * The moment at which a delay of a range is over.
 * @param at.fraction from 0 for the least delay up to 1 for the greatest; in a working calendar, by the work between them
 */
export function momentAfter(
  range: DelayRange,
  at: { from: Date; fraction: number; calendars: ReadonlyMap<string, Calendar> },
): Date {
  const { from, fraction, calendars } = at
  const [least, greatest] = boundsOf(range)
  const first = delayEnd(least, from.getTime(), calendars)
  const last = delayEnd(greatest, from.getTime(), calendars)
  const calendar = calendars.get(parseDelay(greatest).calendar ?? '')
  if (calendar === undefined || last <= first) return new Date(Math.round(first + fraction * (last - first)))
  const worked = Math.round(fraction * workingTimeBetween(calendar, first, last))
  return new Date(addWorkingMilliseconds(calendar, first, worked))
}

export function boundsOf(range: DelayRange): readonly [string, string] {
  return typeof range === 'string' ? [range, range] : range
}
