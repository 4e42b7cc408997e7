import { isWorking, nextClosing, nextOpening } from '../../calendars/working-time.ts'
import type { ClockCourse } from './course.ts'
import type { ServicePromise } from './promise.ts'
import { reckon } from './reckon.ts'

/** What a person sees of a clock. Times are of the promise's working time, in milliseconds. */
export interface Countdown {
  readonly status: ClockCourse['status']
  /** kept: stopped in time; broken: breached, whether it still runs or not; void: cancelled in time. */
  readonly outcome: 'open' | 'kept' | 'broken' | 'void'
  readonly targetMs: number
  readonly workedMs: number
  /** What is left; negative where it is overdue. */
  readonly remainingMs: number
  /** How much of the time has run, in percent; above 100 where it is overdue. */
  readonly percent: number
  /** When it is or was due; null while the clock stands before. */
  readonly dueAt: number | null
  /** When it is due if a paused clock goes on now. */
  readonly expectedAt: number
  readonly breachedAt: number | null
  /** Whether `remainingMs` falls now: the clock runs and it is working time. A face may count by itself until `turnsAt`. */
  readonly isCounting: boolean
  /** The closing or opening at which `isCounting` turns; null where no time does it. */
  readonly turnsAt: number | null
}

/** The countdown of a clock at an instant, reckoned anew, so that it is right however long ago the clock was advanced. */
export function countdown(course: ClockCourse, promise: ServicePromise, now: number): Countdown {
  const { targetMs, workedMs, dueAt, expectedAt, breachedAt } = reckon(course, promise, now)
  const { calendar } = promise
  const isOn = course.status === 'running' && now >= course.startedAt
  const isCounting = isOn && isWorking(calendar, now)
  return {
    status: course.status,
    outcome: outcomeOf(course, breachedAt),
    targetMs,
    workedMs,
    remainingMs: targetMs - workedMs,
    percent: targetMs === 0 ? 100 : (workedMs / targetMs) * 100,
    dueAt,
    expectedAt,
    breachedAt,
    isCounting,
    turnsAt: turn(),
  }

  function turn(): number | null {
    if (course.status !== 'running') return null
    if (isCounting) return nextClosing(calendar, now) ?? null
    return nextOpening(calendar, Math.max(now, course.startedAt))
  }
}

function outcomeOf({ status }: ClockCourse, breachedAt: number | null): Countdown['outcome'] {
  if (breachedAt !== null) return 'broken'
  if (status === 'stopped') return 'kept'
  return status === 'cancelled' ? 'void' : 'open'
}
