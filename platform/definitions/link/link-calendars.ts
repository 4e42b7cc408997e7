import { calendarProblems } from '../../calendars/calendar-problems.ts'
import { createCalendars, type Calendar } from '../../calendars/calendar.ts'
import type { CalendarDeclaration } from '../../calendars/declaration.ts'
import type { DocumentSet } from '../model/model.ts'
import { inside, type Address, type ProblemList } from '../model/problem-list.ts'

/** The working calendars, ready for arithmetic; none where one of them is wrong. */
export function linkCalendars(
  problems: ProblemList,
  documents: DocumentSet['calendar'],
): ReadonlyMap<string, Calendar> {
  const declarations = documents as Readonly<Record<string, unknown>> as Readonly<
    Record<string, CalendarDeclaration>
  >
  let isSound = true
  for (const [name, declaration] of Object.entries(declarations)) {
    const at: Address = { kind: 'calendar', name, path: [] }
    for (const { path, message, remedy } of calendarProblems(declaration, declarations)) {
      isSound = false
      problems.error({ at: inside(at, ...path), code: 'calendar', message, remedy })
    }
  }
  return isSound ? createCalendars(declarations) : new Map()
}
