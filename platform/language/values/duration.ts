import { addMonths, dayLength, limitDate, limitDatetime } from './date.ts'

/** Months have no fixed length, so they are kept apart from the milliseconds; a day is 24 hours. */
export interface Duration {
  readonly months: number
  readonly milliseconds: number
}

/** A thousand years of months and about 3,168 years of milliseconds: within what PostgreSQL can add to any date. */
const maxMonths = 12_000
const maxMilliseconds = 1e14

const pattern =
  /^([+-]?)P(?=[-\dT])(?:(-?\d{1,9})Y)?(?:(-?\d{1,9})M)?(?:(-?\d{1,9})W)?(?:(-?\d{1,9})D)?(?:T(?=[-\d])(?:(-?\d{1,12})H)?(?:(-?\d{1,12})M)?(?:(-?\d{1,12})(?:\.(\d{1,9}))?S)?)?$/

/** The duration of an ISO 8601 text such as `P2D`, `PT4H` or `P1Y2M`; null where it is none or too long. */
export function parseDuration(value: unknown): Duration | null {
  if (typeof value !== 'string') return null
  const match = pattern.exec(value)
  if (!match) return null
  const part = (index: number) => Number(match[index] ?? 0)
  const fraction = Number((match[9] ?? '').slice(0, 3).padEnd(3, '0')) * (match[8]?.startsWith('-') ? -1 : 1)
  const sign = match[1] === '-' ? -1 : 1
  const hours = (part(4) * 7 + part(5)) * 24 + part(6)
  const milliseconds = ((hours * 60 + part(7)) * 60 + part(8)) * 1000 + fraction
  return limitDuration(sign * (part(2) * 12 + part(3)), sign * milliseconds)
}

const clockPattern = /^([+-]?)((?:\d{1,12}(?:\.\d{1,9})?(?:h|ms|m|s))+)$/
const clockUnits: Readonly<Record<string, number>> = { h: 3_600_000, m: 60_000, s: 1000, ms: 1 }

/** The duration of a text as CEL writes it, such as `1h30m` or `100s`; parts of a millisecond are cut off. */
export function parseClockDuration(value: string): Duration | null {
  const match = clockPattern.exec(value)
  if (!match) return null
  let milliseconds = 0
  for (const [, amount, unit] of match[2]!.matchAll(/([\d.]+)(h|ms|m|s)/g)) {
    milliseconds += Number(amount) * clockUnits[unit!]!
  }
  return limitDuration(0, Math.trunc(milliseconds) * (match[1] === '-' ? -1 : 1))
}

/** The sign stands at each part (`P-1D`), because PostgreSQL reads no sign before the P. */
export function formatDuration({ months, milliseconds }: Duration): string {
  const date = components([
    [Math.trunc(months / 12), 'Y'],
    [months % 12, 'M'],
    [Math.trunc(milliseconds / dayLength), 'D'],
  ])
  const rest = milliseconds % dayLength
  const time = components([
    [Math.trunc(rest / 3_600_000), 'H'],
    [Math.trunc((rest % 3_600_000) / 60_000), 'M'],
    [(rest % 60_000) / 1000, 'S'],
  ])
  return date || time ? `P${date}${time && 'T' + time}` : 'PT0S'
}

/** Null where a part is longer than the limits. */
export function limitDuration(months: number, milliseconds: number): Duration | null {
  if (Math.abs(months) > maxMonths || Math.abs(milliseconds) > maxMilliseconds) return null
  return { months: months + 0, milliseconds: milliseconds + 0 }
}

/** Months first (kept within the month reached), then whole days; a rest shorter than a day is cut off. */
export function addToDate(days: number, { months, milliseconds }: Duration): number | null {
  return limitDate(addMonths(days, months) + Math.trunc(milliseconds / dayLength))
}

/** Months first, by the UTC calendar, then the milliseconds. */
export function addToDatetime(at: number, { months, milliseconds }: Duration): number | null {
  const days = Math.floor(at / dayLength)
  return limitDatetime(addMonths(days, months) * dayLength + (at - days * dayLength) + milliseconds)
}

export function negateDuration({ months, milliseconds }: Duration): Duration {
  return { months: 0 - months, milliseconds: 0 - milliseconds }
}

/** For comparison a month counts as 30 days, as in PostgreSQL. */
export function durationLength({ months, milliseconds }: Duration): number {
  return months * 30 * dayLength + milliseconds
}

function components(parts: readonly (readonly [number, string])[]): string {
  return parts
    .filter(([amount]) => amount !== 0)
    .map(([amount, unit]) => `${amount}${unit}`)
    .join('')
}
