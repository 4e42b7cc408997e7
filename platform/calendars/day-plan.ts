import { civilOf, parseDate, weekdayOf } from '../language/values/date.ts'
import { weekdays, type CalendarDeclaration, type DatedRule, type DayRule } from './declaration.ts'
import { spanOf, type Span } from './time-of-day.ts'

/** The shifts that start on a day (days since 1970-01-01), in the order in which they start. */
export type DayPlan = (day: number) => readonly Span[]

/** The rules that `holidays_from` brings in. */
export type SharedRules = Pick<CalendarDeclaration, 'exceptions' | 'every_year'>

const wholeDay: readonly Span[] = [spanOf({ from: '00:00', to: '24:00' })]

/**
 * What is worked on each day. The rule of a date comes before one for every year, and among each the calendar's own
 * before a shared one; a day without a rule is as its weekday.
 */
export function dayPlan(declaration: CalendarDeclaration, shared: SharedRules = {}): DayPlan {
  const week = weekPlan(declaration)
  const dated = new Map<number, readonly Span[]>()
  for (const rules of [shared.exceptions, declaration.exceptions])
    for (const [date, rule] of Object.entries(rules ?? {}))
      for (const day of daysOf(date, rule)) dated.set(day, spansOf(rule, week))
  const yearly = new Map<string, readonly Span[]>()
  for (const rules of [shared.every_year, declaration.every_year])
    for (const [date, rule] of Object.entries(rules ?? {})) yearly.set(date, spansOf(rule, week))
  return (day) =>
    dated.get(day) ?? (yearly.size === 0 ? undefined : yearly.get(dayOfYear(day))) ?? spansOn(day, week)
}

/** The days that a dated rule is about, as days since 1970-01-01; none where its date does not exist. */
export function daysOf(date: string, { through = date }: DatedRule): readonly number[] {
  const first = parseDate(date)
  const last = parseDate(through)
  if (first === null || last === null) return []
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index)
}

type WeekPlan = readonly (readonly Span[])[]

function weekPlan({ around_the_clock, shifts }: CalendarDeclaration): WeekPlan {
  return weekdays.map((weekday) =>
    around_the_clock === true
      ? wholeDay
      : inOrder(
          Object.values(shifts ?? {})
            .filter(({ days }) => days.includes(weekday))
            .map(spanOf),
        ),
  )
}

function spansOn(day: number, week: WeekPlan): readonly Span[] {
  return week[weekdayOf(day) - 1] as readonly Span[]
}

function spansOf(rule: DayRule, week: WeekPlan): readonly Span[] {
  if (rule.type === 'holiday') return []
  if (rule.type === 'working_day') return week[weekdays.indexOf(rule.like)] as readonly Span[]
  return inOrder(rule.shifts.map(spanOf))
}

function dayOfYear(day: number): string {
  const { month, day: ofMonth } = civilOf(day)
  return `${String(month).padStart(2, '0')}-${String(ofMonth).padStart(2, '0')}`
}

function inOrder(spans: readonly Span[]): readonly Span[] {
  return spans.toSorted((a, b) => a.from - b.from)
}
