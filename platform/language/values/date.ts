/** Dates as days since 1970-01-01, datetimes as milliseconds since then (UTC); years 1 to 9999, else null. */
export const dayLength = 86_400_000
const firstDay = daysOf(1, 1, 1)
const lastDay = daysOf(9999, 12, 31)

const datePattern = /^(\d{4})-(\d\d)-(\d\d)$/
const datetimePattern = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d)$/

/** Days since 1970-01-01 of `YYYY-MM-DD`; null where that day does not exist. */
export function parseDate(value: unknown): number | null {
  if (typeof value !== 'string') return null
  const match = datePattern.exec(value)
  if (!match) return null
  const year = Number(match[1])
  const month = Number(match[2])
  const day = Number(match[3])
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return null
  return daysOf(year, month, day)
}

export function formatDate(days: number): string {
  const { year, month, day } = civilOf(days)
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`
}

/** Milliseconds of an ISO 8601 text with `Z` or an offset, or of a Date; finer digits are cut off. */
export function parseDatetime(value: unknown): number | null {
  if (value instanceof Date) return limitDatetime(value.getTime())
  if (typeof value !== 'string' || !datetimePattern.test(value)) return null
  if (parseDate(value.slice(0, 10)) === null) return null
  return limitDatetime(Date.parse(value))
}

export function formatDatetime(milliseconds: number): string {
  return new Date(milliseconds).toISOString()
}

export function limitDate(days: number): number | null {
  return days >= firstDay && days <= lastDay ? days : null
}

export function limitDatetime(milliseconds: number): number | null {
  return milliseconds >= firstDay * dayLength && milliseconds < (lastDay + 1) * dayLength
    ? milliseconds
    : null
}

/** The same day of a later (or earlier) month, or that month's last day where it is shorter. */
export function addMonths(days: number, months: number): number {
  if (months === 0) return days
  const { year, month, day } = civilOf(days)
  const index = year * 12 + (month - 1) + months
  const toYear = Math.floor(index / 12)
  const toMonth = index - toYear * 12 + 1
  return daysOf(toYear, toMonth, Math.min(day, daysInMonth(toYear, toMonth)))
}

export function civilOf(days: number): { year: number; month: number; day: number } {
  const date = new Date(days * dayLength)
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() }
}

/** 1 is Monday, 7 is Sunday (ISO 8601). */
export function weekdayOf(days: number): number {
  return ((((days + 3) % 7) + 7) % 7) + 1
}

function daysOf(year: number, month: number, day: number): number {
  // Date.UTC takes the years 0 to 99 for 1900 to 1999, also on the way to a date before year 1; 4000 years are a
  // whole number of days
  return Date.UTC(year + 4000, month - 1, day) / dayLength - 1_460_970
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

function two(value: number): string {
  return value < 10 ? `0${value}` : String(value)
}
