import { wallClock } from '../../../language/values/zone.ts'
import { meaning, nothing, quoted, type Conversion, type Notation } from './conversion.ts'

interface Parts {
  readonly day: Day
  /** What follows the day: a time of day and a zone. */
  readonly rest: string
}

type Day =
  { readonly year: number; readonly month: number; readonly date: number } | { readonly fault: string }

/**
 * A day as people write it: 2017-03-01, 2017/3/1, 20170301, 2017年3月1日, 1 March 2017, March 1, 2017, and 1/3/2017
 * where the order of day and month is known. A time of day is refused unless it is midnight: it would be lost.
 */
export function convertDate(text: string, notation: Notation): Conversion {
  const parts = readDay(text, notation)
  if (parts === undefined)
    return nothing('date', `${quoted(text)} is not a day such as 2017-03-01, 1 March 2017 or 2017年3月1日`)
  if ('fault' in parts.day) return nothing('date', `${quoted(text)} ${parts.day.fault}`)
  if (!/^(?:T?0?0:00(?::00(?:\.0+)?)?(?: ?Z)?)?$/i.test(parts.rest))
    return nothing('date', `${quoted(text)} has the time of day "${parts.rest}", which a day cannot hold`)
  return meaning(isoDay(parts.day))
}

/** A moment: a day as above with a time of day; without a zone it is in the zone of the person who imports. */
export function convertMoment(text: string, notation: Notation): Conversion {
  const parts = readDay(text, notation)
  if (parts === undefined)
    return nothing('datetime', `${quoted(text)} is not a moment such as 2017-03-01 14:30`)
  if ('fault' in parts.day) return nothing('datetime', `${quoted(text)} ${parts.day.fault}`)
  const time = readTime(parts.rest)
  if (time === undefined)
    return nothing('datetime', `${quoted(text)} has no time of day such as 14:30 or 2:30 PM`)
  const wall = Date.parse(`${isoDay(parts.day)}T00:00:00Z`) + time.milliseconds
  if (time.zoneMinutes !== undefined) return meaning(new Date(wall - time.zoneMinutes * 60_000).toISOString())
  const instant = instantOf(wall, notation.timeZone)
  return instant === undefined
    ? nothing('datetime', `${quoted(text)} did not exist in ${notation.timeZone}: clocks were put forward`)
    : meaning(new Date(instant).toISOString())
}

/** The order of day and month that the texts of a column show; undefined where all of them fit both. */
export function dateOrder(texts: Iterable<string>): 'dmy' | 'mdy' | undefined {
  let dayFirst = 0
  let monthFirst = 0
  for (const text of texts) {
    const match = /^\s*(\d{1,2})[-/.](\d{1,2})[-/.]\d{4}(?!\d)/.exec(text)
    if (match === null) continue
    if (Number(match[1]) > 12) dayFirst += 1
    if (Number(match[2]) > 12) monthFirst += 1
  }
  if (dayFirst > 0 && monthFirst === 0) return 'dmy'
  if (monthFirst > 0 && dayFirst === 0) return 'mdy'
  return undefined
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

function readDay(text: string, notation: Notation): Parts | undefined {
  const normal = text.normalize('NFKC').trim()
  const yearFirst =
    /^(\d{4})(?:([-/.])(\d{1,2})\2(\d{1,2})|年\s?(\d{1,2})月\s?(\d{1,2})日)(?!\d)\s*(.*)$/s.exec(normal)
  if (yearFirst !== null) {
    const [, year, , month = yearFirst[5], date = yearFirst[6], , , rest = ''] = yearFirst
    return { day: existing(year, month, date), rest }
  }
  const compact = /^(\d{4})(\d{2})(\d{2})(?:(?=T)|\s+|$)(.*)$/s.exec(normal)
  if (compact !== null)
    return { day: existing(compact[1], compact[2], compact[3]), rest: compact[4] as string }
  const numeric = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{2}|\d{4})(?!\d),?\s*(.*)$/s.exec(normal)
  if (numeric !== null) return { day: numericDay(numeric, notation), rest: numeric[5] as string }
  return namedDay(normal)
}

function numericDay([, first, , second, year]: readonly string[], { date }: Notation): Day {
  if (year?.length === 2) return { fault: 'has a year of two digits; write it with four' }
  const isBoth = Number(first) <= 12 && Number(second) <= 12 && first !== second
  if (isBoth && date !== 'dmy' && date !== 'mdy')
    return { fault: 'may be day/month or month/day; say which with the import' }
  const isDayFirst = isBoth ? date === 'dmy' : Number(first) > 12 || date === 'dmy'
  return isDayFirst ? existing(year, second, first) : existing(year, first, second)
}

function namedDay(text: string): Parts | undefined {
  const match =
    /^(\d{1,2})(?:st|nd|rd|th)?[-\s.]+([A-Za-z]{3,9})\.?[-\s,]+(\d{4})(?!\d),?\s*(.*)$/s.exec(text) ??
    /^([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?!\d),?\s*(.*)$/s.exec(text)
  if (match === null) return undefined
  const [, first = '', second = '', year, rest = ''] = match
  const [date, name] = /^\d/.test(first) ? [first, second] : [second, first]
  const month = months.indexOf(name.slice(0, 3).toLowerCase()) + 1
  const full = new Intl.DateTimeFormat('en', { month: 'long', timeZone: 'UTC' }).format(
    Date.UTC(2000, month - 1),
  )
  if (month === 0 || !full.toLowerCase().startsWith(name.toLowerCase().replace(/^sept$/, 'sep')))
    return undefined
  return { day: existing(year, String(month), date), rest }
}

function existing(year = '', month = '', date = ''): Day {
  const day = { year: Number(year), month: Number(month), date: Number(date) }
  const moment = new Date(`${isoDay(day)}T00:00:00Z`)
  const exists = !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(isoDay(day))
  return exists && day.year > 0 ? day : { fault: 'names a day that does not exist' }
}

function isoDay(day: { year: number; month: number; date: number }): string {
  const two = (number: number) => String(number).padStart(2, '0')
  return `${String(day.year).padStart(4, '0')}-${two(day.month)}-${two(day.date)}`
}

function readTime(text: string): { milliseconds: number; zoneMinutes: number | undefined } | undefined {
  if (text === '') return { milliseconds: 0, zoneMinutes: undefined }
  const match =
    /^T?(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,3})\d*)?)?\s?([AP]M)?\s?(Z|UTC|GMT|[+-]\d{2}:?\d{2})?$/i.exec(
      text,
    )
  if (match === null) return undefined
  const [, hourText, minute, second = '0', fraction = '', half, zone] = match
  let hour = Number(hourText)
  if (half !== undefined) {
    if (hour < 1 || hour > 12) return undefined
    hour = (hour % 12) + (half.toUpperCase() === 'PM' ? 12 : 0)
  }
  if (hour > 23 || Number(minute) > 59 || Number(second) > 59) return undefined
  const milliseconds =
    ((hour * 60 + Number(minute)) * 60 + Number(second)) * 1_000 + Number(fraction.padEnd(3, '0'))
  return { milliseconds, zoneMinutes: zone === undefined ? undefined : minutesOf(zone) }
}

function minutesOf(zone: string): number {
  const match = /^([+-])(\d{2}):?(\d{2})$/.exec(zone)
  if (match === null) return 0
  return (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3]))
}

/** The first instant at which the clock on the wall shows the time; undefined where it never does. */
function instantOf(wall: number, timeZone: string): number | undefined {
  const day = 86_400_000
  const offsets = [
    wallClock(wall - day, timeZone) - (wall - day),
    wallClock(wall + day, timeZone) - (wall + day),
  ]
  const instants = offsets.map((offset) => wall - offset).filter((each) => wallClock(each, timeZone) === wall)
  return instants.length === 0 ? undefined : Math.min(...instants)
}
