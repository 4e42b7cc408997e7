import { aroundTheClock, type Calendar } from '../../../calendars/calendar.ts'
import type { ServiceLevelDocument } from '../../documents.generated.ts'
import type { Address } from '../../model/problem-list.ts'
import { suggest } from '../../nearest.ts'
import type { Linkage } from '../linkage.ts'

export type CalendarFinder = (name: string | undefined, at: Address, otherwise?: Calendar) => Calendar

/** Finds calendars by name, and reports names that no calendar has. Without a name it gives `otherwise`. */
export function calendarFinder(linkage: Linkage, calendars: ReadonlyMap<string, Calendar>): CalendarFinder {
  const known = linkage.documents.calendar
  return (name, at, otherwise = aroundTheClock) => {
    if (name === undefined) return otherwise
    if (!Object.hasOwn(known, name))
      linkage.problems.error({
        at,
        code: 'unknown_calendar',
        message: `There is no calendar "${name}".`,
        remedy: suggest(name, Object.keys(known), 'Known calendars'),
      })
    // Where a calendar is wrong in itself, none is ready, and that has been reported.
    return calendars.get(name) ?? otherwise
  }
}

/** The documents of all calendars in which a service level counts, with those whose holidays they take. */
export function calendarsNamed(linkage: Linkage, { calendar, promises }: ServiceLevelDocument): unknown {
  const known = linkage.documents.calendar
  const names = Object.values(promises).flatMap((promise) => [
    promise.calendar,
    ...Object.values(promise.targets ?? {}).map((target) => target.calendar),
  ])
  const used = [...new Set([calendar, ...names])].filter((name) => name !== undefined).sort()
  return used.map((name) => [known[name], known[String(known[name]?.holidays_from)]])
}
