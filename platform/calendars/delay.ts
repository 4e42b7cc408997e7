import { parseAmount } from './amount.ts'
import type { Calendar } from './calendar.ts'
import { addWorkingTime } from './working-days.ts'

/** A delay as declarations write it: `P2D`, or `P2D@office` in a working calendar. */
export interface Delay {
  readonly duration: string
  readonly calendar: string | undefined
}

const elapsed = 'P(?!$)(\\d+W|(\\d+D)?(T(?=\\d)(\\d+H)?(\\d+M)?(\\d+S)?)?)'
const working = 'P(?!@)(\\d{1,4}D)?(T(?=\\d)(\\d{1,5}H)?(\\d{1,6}M)?(\\d{1,7}S)?)?'

/**
 * What a delay may look like, for JSON Schemas: an ISO 8601 duration in weeks, or in days, hours, minutes and seconds;
 * or working time (without weeks), `@` and the name of a calendar.
 */
export const delayPattern = `^(${elapsed}|${working}@[a-z][a-z0-9_]*)$`

/** The first alone: so much time on the clock. */
export const elapsedPattern = `^${elapsed}$`

export function parseDelay(text: string): Delay {
  const at = text.indexOf('@')
  return at < 0
    ? { duration: text, calendar: undefined }
    : { duration: text.slice(0, at), calendar: text.slice(at + 1) }
}

/**
 * The instant (milliseconds since 1970) at which a delay ends that begins at another: after so much time on the clock,
 * a day having 24 hours, or after so much work in its calendar.
 * @throws Error for a calendar that there is not, and for what is no duration; the check of the declarations finds both
 */
export function delayEnd(text: string, start: number, calendars: ReadonlyMap<string, Calendar>): number {
  const { duration, calendar: name } = parseDelay(text)
  if (name === undefined) return start + elapsedMs(duration)
  const calendar = calendars.get(name)
  if (calendar === undefined) throw new Error(`The delay "${text}" names a calendar that there is not.`)
  return addWorkingTime(calendar, start, parseAmount(duration))
}

const parts = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/

/** How long a duration on the clock is, in milliseconds, a day having 24 hours. @throws Error for what is none */
export function elapsedMs(text: string): number {
  const match = parts.exec(text)
  if (match === null) throw new Error(`"${text}" is not a duration such as P2D or PT4H.`)
  const [weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = match
    .slice(1)
    .map((part) => Number(part ?? 0))
  return ((((weeks * 7 + days) * 24 + hours) * 60 + minutes) * 60 + seconds) * 1_000
}
