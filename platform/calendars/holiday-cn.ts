import { parseDate } from '../language/values/date.ts'
import type { DatedRule, Text, Weekday } from './declaration.ts'

/** A year as the public project holiday-cn writes it, after the notice of the State Council (国务院办公厅). */
export interface HolidayCnFile {
  readonly year: number
  readonly days: readonly { readonly name: string; readonly date: string; readonly isOffDay: boolean }[]
}

const english: Readonly<Record<string, string>> = {
  元旦: "New Year's Day",
  春节: 'Spring Festival',
  清明节: 'Qingming Festival',
  劳动节: 'Labour Day',
  端午节: 'Dragon Boat Festival',
  中秋节: 'Mid-Autumn Festival',
  国庆节: 'National Day',
}

/**
 * The exceptions of a calendar for the holidays of mainland China (放假) and the weekend days on which work is made up
 * (调休上班), from files of holiday-cn. Days off in a row under one name become one rule. A date that stands in two
 * files, as New Year's Eve may, is what the file of the later year says.
 *
 * @param like the weekday whose shifts a made-up day has, since the notice does not name one
 * @throws Error naming the file's year and the entry that is not of the format
 */
export function holidayCnExceptions(
  files: readonly HolidayCnFile[],
  { like = 'monday' }: { like?: Weekday } = {},
): Readonly<Record<string, DatedRule>> {
  const days = new Map<string, { name: string; isOffDay: boolean }>()
  for (const file of files.toSorted((a, b) => a.year - b.year))
    for (const [index, day] of file.days.entries()) {
      check(day, `/days/${index} of the year ${file.year}`)
      days.set(day.date, day)
    }
  const rules: Record<string, DatedRule> = {}
  let first: string | undefined
  let last: { date: string; name: string } | undefined
  for (const date of [...days.keys()].toSorted()) {
    const { name, isOffDay } = days.get(date) as { name: string; isOffDay: boolean }
    if (!isOffDay) {
      rules[date] = { type: 'working_day', like, label: madeUpFor(name) }
    } else if (first !== undefined && last?.name === name && follows(last.date, date)) {
      rules[first] = { ...(rules[first] as DatedRule), through: date }
      last = { date, name }
    } else {
      rules[date] = { type: 'holiday', label: labelOf(name) }
      first = date
      last = { date, name }
    }
  }
  return rules
}

function check({ name, date, isOffDay }: HolidayCnFile['days'][number], place: string): void {
  if (typeof name !== 'string' || name === '') throw new Error(`The name at ${place} is missing.`)
  if (parseDate(date) === null) throw new Error(`"${date}" at ${place} is not a day such as 2026-10-01.`)
  if (typeof isOffDay !== 'boolean')
    throw new Error(`isOffDay at ${place} is ${JSON.stringify(isOffDay)}; it must be true or false.`)
}

function follows(date: string, next: string): boolean {
  return (parseDate(next) as number) - (parseDate(date) as number) === 1
}

/** A holiday of two names (`国庆节、中秋节`) has both; a name that is not known stays Chinese. */
function labelOf(name: string): Text {
  const names = name.split('、')
  return { en: names.map((part) => english[part] ?? part).join(', '), 'zh-CN': name }
}

function madeUpFor(name: string): Text {
  const { en } = labelOf(name) as { en: string }
  return { en: `Working day for ${en}`, 'zh-CN': `${name}调休上班` }
}
