import { formatDate, parseDate } from '../language/values/date.ts'
import { daysOf } from './day-plan.ts'
import {
  weekdays,
  type CalendarDeclaration,
  type DatedRule,
  type DayRule,
  type Hours,
  type Weekday,
} from './declaration.ts'
import { spanOf } from './time-of-day.ts'

/** What is wrong at a place of a declaration. */
export interface CalendarProblem {
  /** Steps from the root of the declaration. */
  readonly path: readonly (string | number)[]
  readonly message: string
  readonly remedy: string
}

type Report = (path: CalendarProblem['path'], message: string, remedy: string) => void

/** A rule for many more days than a year is a slip of the pen. */
const longestRule = 400

/**
 * Everything wrong with a calendar that its schema cannot say.
 *
 * @param calendars all calendars by name, among which `holidays_from` is looked up
 */
export function calendarProblems(
  declaration: CalendarDeclaration,
  calendars: Readonly<Record<string, CalendarDeclaration>>,
): readonly CalendarProblem[] {
  const problems: CalendarProblem[] = []
  const report: Report = (path, message, remedy) => problems.push({ path, message, remedy })
  checkZone(declaration.time_zone, report)
  checkWeek(declaration, report)
  checkDates(declaration, report)
  for (const group of ['exceptions', 'every_year'] as const)
    for (const [date, rule] of Object.entries(declaration[group] ?? {}))
      checkRule(rule, { path: [group, date], declaration, report })
  checkShared(declaration, { calendars, report })
  return problems
}

function checkZone(zone: string, report: Report): void {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
  } catch {
    report(
      ['time_zone'],
      `"${zone}" is no time zone.`,
      'Write a name of the IANA database, such as Asia/Shanghai.',
    )
  }
}

function checkWeek({ around_the_clock, shifts = {} }: CalendarDeclaration, report: Report): void {
  const names = Object.keys(shifts)
  if (around_the_clock === true && names.length > 0)
    report(['shifts'], 'A calendar around the clock has no room for shifts.', 'Leave one of the two out.')
  if (around_the_clock !== true && names.length === 0)
    report(['shifts'], 'The calendar has no work.', 'Add a shift, or "around_the_clock": true.')
  for (const name of names) checkLength(shifts[name] as Hours, ['shifts', name], report)
  for (const [index, name] of names.entries())
    for (const other of names.slice(0, index)) {
      const day = commonDay(shifts[name]?.days ?? [], shifts[other]?.days ?? [])
      if (day === undefined || !overlap(shifts[name] as Hours, shifts[other] as Hours)) continue
      report(
        ['shifts', name],
        `The shifts "${other}" and "${name}" overlap on ${day}.`,
        'Let one begin where the other ends.',
      )
    }
}

function checkDates({ exceptions = {}, every_year = {} }: CalendarDeclaration, report: Report): void {
  const coveredBy = new Map<number, string>()
  for (const [date, rule] of Object.entries(exceptions)) {
    if (parseDate(date) === null) report(['exceptions', date], ...noSuchDay(date))
    else if (rule.through !== undefined) checkThrough(date, rule as DatedRule & { through: string }, report)
    const days = daysOf(date, rule)
    const taken = days.find((day) => coveredBy.has(day))
    if (taken !== undefined)
      report(
        ['exceptions', date],
        `${formatDate(taken)} has two rules: those of ${coveredBy.get(taken)} and of ${date}.`,
        'Let one end before the other begins.',
      )
    for (const day of days) coveredBy.set(day, date)
  }
  for (const date of Object.keys(every_year))
    if (parseDate(`2024-${date}`) === null) report(['every_year', date], ...noSuchDay(date))
}

function noSuchDay(date: string): readonly [string, string] {
  return [`There is no ${date}.`, 'Write a day that exists.']
}

function checkThrough(date: string, rule: DatedRule & { through: string }, report: Report): void {
  const path = ['exceptions', date, 'through']
  if (parseDate(rule.through) === null) report(path, ...noSuchDay(rule.through))
  else if (rule.through <= date)
    report(path, `${rule.through} is not after ${date}.`, 'Write the last day, or leave it out for one day.')
  else if (daysOf(date, rule).length > longestRule)
    report(path, `The rule holds for more than ${longestRule} days.`, 'Check the years of both dates.')
}

interface RulePlace {
  readonly path: readonly string[]
  readonly declaration: CalendarDeclaration
  readonly report: Report
}

function checkRule(rule: DayRule, { path, declaration, report }: RulePlace): void {
  if (rule.type === 'working_day' && !worksOn(declaration, rule.like))
    report(
      [...path, 'like'],
      `There is no work on a ${rule.like}.`,
      'Name a weekday that has a shift, or use special_hours.',
    )
  if (rule.type !== 'special_hours') return
  for (const [index, hours] of rule.shifts.entries()) {
    checkLength(hours, [...path, 'shifts', index], report)
    if (rule.shifts.slice(0, index).some((other) => overlap(hours, other)))
      report(
        [...path, 'shifts', index],
        `${hours.from} to ${hours.to} overlaps an earlier shift of the day.`,
        'Let one begin where the other ends.',
      )
  }
}

function checkShared(
  { name, holidays_from }: CalendarDeclaration,
  { calendars, report }: { calendars: Readonly<Record<string, CalendarDeclaration>>; report: Report },
): void {
  if (holidays_from === undefined) return
  const shared = Object.hasOwn(calendars, holidays_from) ? calendars[holidays_from] : undefined
  if (shared === undefined)
    report(
      ['holidays_from'],
      `There is no calendar "${holidays_from}".`,
      `Known: ${Object.keys(calendars).join(', ')}.`,
    )
  else if (holidays_from === name || shared.holidays_from !== undefined)
    report(
      ['holidays_from'],
      `"${holidays_from}" takes its own holidays from ${holidays_from === name ? 'itself' : `"${shared.holidays_from}"`}.`,
      'Name a calendar that declares the holidays itself.',
    )
}

function checkLength({ from, to }: Hours, path: CalendarProblem['path'], report: Report): void {
  if (from === to)
    report(
      path,
      `A shift from ${from} to ${to} has no clear length.`,
      'For a whole day write 00:00 to 24:00; otherwise let it end at another time.',
    )
}

function worksOn({ around_the_clock, shifts = {} }: CalendarDeclaration, weekday: Weekday): boolean {
  return around_the_clock === true || Object.values(shifts).some(({ days }) => days.includes(weekday))
}

function commonDay(some: readonly Weekday[], others: readonly Weekday[]): Weekday | undefined {
  return weekdays.find((day) => some.includes(day) && others.includes(day))
}

function overlap(one: Hours, other: Hours): boolean {
  const a = spanOf(one)
  const b = spanOf(other)
  return a.from < b.to && b.from < a.to
}
