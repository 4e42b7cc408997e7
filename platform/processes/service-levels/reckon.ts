import type { WorkingAmount } from '../../calendars/amount.ts'
import { addWorkingTime, endOfWorkingDays, subtractWorkingTime } from '../../calendars/working-days.ts'
import { addWorkingMilliseconds, workingTimeBetween } from '../../calendars/working-time.ts'
import { reachedAt, workedBy, type ClockCourse } from './course.ts'
import type { Moment, ServicePromise } from './promise.ts'

/** The times of a clock under a promise. */
export interface Reckoning {
  /** The working time that is promised, in milliseconds. */
  readonly targetMs: number
  /** The working time that has run. */
  readonly workedMs: number
  /** When the target is reached, or will be if nothing changes; null where the clock stands before. */
  readonly dueAt: number | null
  /** The due moment, or what it would be if the clock went on now. */
  readonly expectedAt: number
  /** The due moment, where it has passed while the clock was on. */
  readonly breachedAt: number | null
  /** The moment of each alert of the promise, by name; null where the clock stands before. */
  readonly alertsAt: ReadonlyMap<string, number | null>
}

/**
 * Reckons all times of a clock from its course alone. So a change of the promise, of its target or of its calendar
 * while the clock runs has the effect that it would have had if it had been so from the start.
 *
 * The due moment itself is too late: a clock that stops at it has been breached, as one that stops in the night after
 * a due moment at closing.
 */
export function reckon(course: ClockCourse, promise: ServicePromise, now: number): Reckoning {
  const { calendar } = promise
  const targetMs = targetOf(course.startedAt, promise)
  const workedMs = workedBy(course, now, calendar)
  const dueAt = reachedAt(course, targetMs, calendar)
  const expectedAt =
    dueAt ??
    addWorkingMilliseconds(calendar, Math.max(now, course.startedAt), Math.max(0, targetMs - workedMs))
  const alertsAt = new Map(
    promise.alerts.map(({ name, moment }) => [
      name,
      reachedAt(course, workedAt(moment, { promise, targetMs, dueAt: expectedAt }), calendar),
    ]),
  )
  const breachedAt = dueAt !== null && dueAt <= now ? dueAt : null
  return { targetMs, workedMs, dueAt, expectedAt, breachedAt, alertsAt }
}

function targetOf(start: number, { target, calendar }: ServicePromise): number {
  if (target.kind === 'days')
    return workingTimeBetween(calendar, start, endOfWorkingDays(calendar, start, target))
  if (target.amount.days === 0) return target.amount.milliseconds
  return workingTimeBetween(calendar, start, addWorkingTime(calendar, start, target.amount))
}

/** How long the clock has run when an alert is due. Days before or after the breach are counted from the due moment. */
function workedAt(
  moment: Moment,
  { promise, targetMs, dueAt }: { promise: ServicePromise; targetMs: number; dueAt: number },
): number {
  if (moment.kind === 'share') return Math.ceil((targetMs * moment.percent) / 100)
  const length = lengthOf(moment.amount, (amount) =>
    moment.kind === 'before'
      ? workingTimeBetween(promise.calendar, subtractWorkingTime(promise.calendar, dueAt, amount), dueAt)
      : workingTimeBetween(promise.calendar, dueAt, addWorkingTime(promise.calendar, dueAt, amount)),
  )
  return moment.kind === 'before' ? targetMs - length : targetMs + length
}

function lengthOf(amount: WorkingAmount, inDays: (amount: WorkingAmount) => number): number {
  return amount.days === 0 ? amount.milliseconds : inDays(amount)
}
