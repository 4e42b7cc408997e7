import { dayLength } from '../language/values/date.ts'
import type { CalendarDeclaration } from './declaration.ts'
import { dayPlan, type SharedRules } from './day-plan.ts'
import { yearOfWork, type YearOfWork } from './year-of-work.ts'
import { zoneClock, type ZoneClock } from './zone-clock.ts'

/** A calendar ready for arithmetic. Make it once for each declaration: it keeps the years that it has laid out. */
export interface Calendar {
  readonly name: string
  readonly timeZone: string
  readonly clock: ZoneClock
  /** The windows of work of a year, laid out when first asked for. */
  year(year: number): YearOfWork
}

/**
 * The calendar of a declaration that `calendarProblems` finds nothing wrong with.
 *
 * @param shared the declaration that `holidays_from` names
 */
export function createCalendar(declaration: CalendarDeclaration, shared?: SharedRules): Calendar {
  const { name, time_zone: timeZone } = declaration
  const clock = zoneClock(timeZone)
  const plan = dayPlan(declaration, shared)
  const years = new Map<number, YearOfWork>()
  return Object.freeze({
    name,
    timeZone,
    clock,
    year(year: number) {
      let laidOut = years.get(year)
      if (laidOut === undefined) years.set(year, (laidOut = yearOfWork(year, { plan, clock })))
      return laidOut
    },
  })
}

/** All calendars of a Model, by name, each with the holidays that it takes from another. */
export function createCalendars(
  declarations: Readonly<Record<string, CalendarDeclaration>>,
): ReadonlyMap<string, Calendar> {
  return new Map(
    Object.values(declarations).map((declaration) => [
      declaration.name,
      createCalendar(declaration, declarations[declaration.holidays_from ?? '']),
    ]),
  )
}

/** The calendar of promises that name none: every hour of every day, in UTC. */
export const aroundTheClock: Calendar = createCalendar({
  name: 'around_the_clock',
  time_zone: 'UTC',
  around_the_clock: true,
})

/** The year that it is on the clock of the calendar's zone. */
export function yearIn({ clock }: Calendar, instant: number): number {
  return new Date(clock.shown(instant)).getUTCFullYear()
}

/** The day (days since 1970-01-01) that it is on the clock of the calendar's zone. */
export function dayIn({ clock }: Calendar, instant: number): number {
  return Math.floor(clock.shown(instant) / dayLength)
}
