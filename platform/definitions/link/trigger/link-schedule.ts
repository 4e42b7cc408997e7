import type { Calendar } from '../../../calendars/calendar.ts'
import { parseDelay } from '../../../calendars/delay.ts'
import type { Ticks } from '../../../calendars/ticks.ts'
import { timeOfDay } from '../../../calendars/time-of-day.ts'
import type { TriggerDocument } from '../../documents.generated.ts'
import { inside, type Address } from '../../model/problem-list.ts'
import type { TriggerModel } from '../../model/trigger.ts'
import { suggest } from '../../nearest.ts'
import type { Linkage } from '../linkage.ts'
import type { ActorLink } from '../process/actor.ts'
import { linkExpression } from '../process/link-values.ts'

type ScheduleDocument = Extract<TriggerDocument['on'], { type: 'schedule' }>

interface Site {
  readonly on: ScheduleDocument
  readonly actor: ActorLink
  readonly calendars: ReadonlyMap<string, Calendar>
  readonly at: Address
}

const minute = 60_000
const dayMinutes = 24 * 60
const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday']

/** The times of a schedule, and the records that it is for, which the database finds under the role of the trigger. */
export function linkSchedule(linkage: Linkage, site: Site): TriggerModel['on'] | undefined {
  const { on, actor, at } = site
  const { machine } = actor
  const problem = (place: Address, message: string, remedy: string) =>
    linkage.problems.error({ at: place, code: 'schedule', message, remedy })
  if ((on.at === undefined) === (on.every === undefined))
    problem(
      at,
      on.at === undefined ? 'The schedule says no time.' : 'The schedule has both "at" and "every".',
      'Say either "at" with times of the day, or "every" with a span such as PT15M.',
    )
  if (actor.runAs === undefined)
    problem(
      at,
      'A schedule finds the records that a role may read, and none is said.',
      'Add "run_as" with a role to the trigger, or to the process that governs the object.',
    )
  const number = linkExpression(machine, {
    at: inside(at, 'where'),
    text: on.where,
    variables: machine.common,
    to: { kind: 'bool' },
  })
  const where = machine.expressions[number]
  if (where?.sqlObstacle !== undefined)
    linkage.problems.error({
      at: { ...inside(at, 'where'), offset: where.sqlObstacle.position },
      code: 'not_in_database',
      message: `The database cannot evaluate the condition: ${where.sqlObstacle.message}.`,
      remedy: 'Use fields that are stored; the rest can go to "when".',
    })
  const ticks = ticksOf(linkage, site)
  return where === undefined ? undefined : { type: 'schedule', ticks, where }
}

function ticksOf(linkage: Linkage, { on, calendars, at }: Site): Ticks {
  const calendar = on.calendar === undefined ? undefined : calendars.get(on.calendar)
  const known = linkage.documents.calendar
  if (on.calendar !== undefined && !Object.hasOwn(known, on.calendar))
    linkage.problems.error({
      at: inside(at, 'calendar'),
      code: 'unknown_calendar',
      message: `There is no calendar "${on.calendar}".`,
      remedy: suggest(on.calendar, Object.keys(known), 'Known calendars'),
    })
  if (on.calendar !== undefined && on.time_zone !== undefined)
    linkage.problems.error({
      at: { ...inside(at, 'time_zone'), isKey: true },
      code: 'schedule',
      message: 'The times are on the clock of the calendar; a zone beside it would do nothing.',
      remedy: 'Remove "time_zone".',
    })
  return {
    minutes: minutesOf(on),
    weekdays: on.days && new Set(on.days.map((day) => weekdays.indexOf(day))),
    daysOfMonth: on.days_of_month && new Set(on.days_of_month),
    calendar,
    timeZone: calendar?.timeZone ?? zoneOf(linkage, on.time_zone, inside(at, 'time_zone')),
  }
}

function minutesOf({ at = [], every }: ScheduleDocument): readonly number[] {
  if (every === undefined)
    return [...new Set(at.map((time) => timeOfDay(time) / minute))].sort((a, b) => a - b)
  const [, count = '1', unit] = /^PT(\d+)([MH])$/.exec(parseDelay(every).duration) ?? []
  const step = Number(count) * (unit === 'H' ? 60 : 1)
  return Array.from({ length: Math.ceil(dayMinutes / step) }, (_, position) => position * step)
}

function zoneOf({ settings, problems }: Linkage, timeZone: string | undefined, at: Address): string {
  if (timeZone === undefined) return settings.timeZone
  try {
    new Intl.DateTimeFormat('en', { timeZone })
    return timeZone
  } catch {
    problems.error({
      at,
      code: 'unknown_time_zone',
      message: `There is no time zone "${timeZone}".`,
      remedy: 'Write an IANA name such as `Asia/Shanghai`.',
    })
    return settings.timeZone
  }
}
