import { changed, type ClockChange, type ClockCourse } from './course.ts'
import type { Alert, ServicePromise } from './promise.ts'
import { reckon, type Reckoning } from './reckon.ts'

/** A clock as it is stored: its course, and the times that follow from it under the promise that it was last advanced with. */
export interface ServiceClock extends ClockCourse {
  readonly targetMs: number
  /** The working time that had run when the clock was last advanced. */
  readonly workedMs: number
  /** When the target is reached; null while the clock stands before it. */
  readonly dueAt: number | null
  readonly breachedAt: number | null
  readonly alerts: Readonly<Record<string, ClockAlert>>
}

/** A warning or an escalation of a clock. */
export interface ClockAlert {
  readonly at: number | null
  /** Carried out, passed over because it came too late to say anything, or neither yet. */
  readonly outcome: 'fired' | 'overtaken' | null
}

/** An instant at which the clock is to be advanced again; `alert` is null for the due moment itself. */
export interface Wake {
  readonly at: number
  readonly alert: string | null
}

export interface Advanced {
  /** Null where the clock has not started. */
  readonly clock: ServiceClock | null
  /** The alerts whose actions are to be carried out now, in order. */
  readonly fired: readonly { readonly name: string; readonly at: number }[]
  /** What lies ahead if nothing changes, in order. They replace those of the last time. */
  readonly wakes: readonly Wake[]
}

/**
 * Advances a clock to now: applies what has changed, reckons its times and says which alerts are due.
 *
 * Without changes it is what a timer does, and what a change of the promise does: give the new one. The outcome does
 * not depend on when timers fire: what became due meanwhile, in an outage or because the clock starts in the past, is
 * fired now, save for warnings that a later warning or the breach has overtaken. An alert that is again ahead, because
 * the promise or the past has changed, will be fired again. A clock that has ended stays as it is.
 *
 * @param options.clock the stored clock; null where none has started
 * @param options.changes what has happened since, in order
 * @throws RangeError where a change other than a start lies in the future
 */
export function advance(options: {
  clock: ServiceClock | null
  changes: readonly ClockChange[]
  promise: ServicePromise
  now: number
}): Advanced {
  const { clock, changes, promise, now } = options
  let course: ClockCourse | null = clock
  for (const change of changes) {
    if (change.at > now && change.type !== 'start') throw inTheFuture(change, now)
    course = changed(course, change, promise.again)
  }
  if (course === null) return { clock: null, fired: [], wakes: [] }
  if (course === clock && course.endedAt !== null) return { clock, fired: [], wakes: [] }
  const reckoning = reckon(course, promise, now)
  const before = clock?.round === course.round ? clock.alerts : {}
  const { alerts, fired } = settle(promise.alerts, { course, reckoning, before, now })
  const { status, round, startedAt, pauses, pausedSince, endedAt } = course
  const { targetMs, workedMs, dueAt, breachedAt } = reckoning
  return {
    clock: {
      ...{ status, round, startedAt, pauses, pausedSince, endedAt },
      ...{ targetMs, workedMs, dueAt, breachedAt, alerts },
    },
    fired,
    wakes: status === 'running' ? wakesOf({ alerts, dueAt }, now) : [],
  }
}

function settle(
  declared: readonly Alert[],
  context: {
    course: ClockCourse
    reckoning: Reckoning
    before: ServiceClock['alerts']
    now: number
  },
): { alerts: Record<string, ClockAlert>; fired: { name: string; at: number }[] } {
  const { course, reckoning, before, now } = context
  const reached = declared
    .map((alert) => ({ ...alert, at: reckoning.alertsAt.get(alert.name) ?? Infinity }))
    .filter(({ at }) => at <= now)
    .toSorted((a, b) => a.at - b.at)
  const lastWarning = reached.findLast(({ isWarning }) => isWarning)
  const outcomes = new Map<string, ClockAlert['outcome']>()
  const fired: { name: string; at: number }[] = []
  for (const { name, isWarning, at } of reached) {
    const known = before[name]?.outcome ?? null
    const isOvertaken = isWarning && (reckoning.breachedAt !== null || name !== lastWarning?.name)
    const isSettled = known !== null || course.status === 'cancelled'
    if (!isSettled && !isOvertaken) fired.push({ name, at })
    outcomes.set(name, isSettled ? known : isOvertaken ? 'overtaken' : 'fired')
  }
  const alerts = Object.fromEntries(
    declared.map(({ name }) => [
      name,
      { at: reckoning.alertsAt.get(name) ?? null, outcome: outcomes.get(name) ?? null },
    ]),
  )
  return { alerts, fired }
}

function wakesOf({ alerts, dueAt }: Pick<ServiceClock, 'alerts' | 'dueAt'>, now: number): Wake[] {
  const wakes: Wake[] = Object.entries(alerts).flatMap(([alert, { at }]) =>
    at !== null && at > now ? [{ at, alert }] : [],
  )
  if (dueAt !== null && dueAt > now) wakes.push({ at: dueAt, alert: null })
  return wakes.toSorted((a, b) => a.at - b.at)
}

function inTheFuture({ type, at }: ClockChange, now: number): RangeError {
  return new RangeError(
    `The change "${type}" is of ${new Date(at).toISOString()}, after now (${new Date(now).toISOString()}). ` +
      'Only a start may lie ahead.',
  )
}
