import type { Calendar } from '../../calendars/calendar.ts'
import { addWorkingMilliseconds, workingTimeBetween } from '../../calendars/working-time.ts'
import type { Again } from '../../definitions/model/service-level.ts'

/**
 * What has happened to a clock, as it can be stored in JSON: all that its times follow from. Instants are milliseconds
 * since 1970 in UTC.
 */
export interface ClockCourse {
  readonly status: 'running' | 'paused' | 'stopped' | 'cancelled'
  /** Counts the starts: 1, and one more whenever the clock begins anew. */
  readonly round: number
  /** Since when the time counts; may lie before the moment of the change, and after it. */
  readonly startedAt: number
  /** The pauses that are over, from and to, in order. */
  readonly pauses: readonly (readonly [from: number, to: number])[]
  readonly pausedSince: number | null
  /** When it stopped or was cancelled. */
  readonly endedAt: number | null
}

/** Something that a condition brought about, with the instant since when it holds, which may have passed. */
export interface ClockChange {
  readonly type: 'start' | 'pause' | 'resume' | 'stop' | 'reset' | 'cancel'
  readonly at: number
}

/**
 * The course after a change; null is a clock that has not started. A change that has no meaning in the present state (a
 * pause while paused, a stop before the start) changes nothing.
 *
 * - `start` while the clock runs changes nothing: of several unanswered questions the oldest counts. After a stop it
 *   does what `again` says.
 * - `pause` and `resume` may come late: the time since their instant is taken out, or counted after all.
 * - `reset` begins anew at its instant; a clock that is paused stays so.
 * - `cancel`: the promise is no longer made. A later start begins anew.
 */
export function changed(
  course: ClockCourse | null,
  { type, at }: ClockChange,
  again: Again,
): ClockCourse | null {
  if (type === 'start') return started(course, at, again)
  if (course === null || course.endedAt !== null) return course
  if (type === 'pause') return paused(course, at)
  if (type === 'resume') return resumed(course, at)
  if (type === 'stop') return ended(course, at, 'stopped')
  if (type === 'cancel') return ended(course, at, 'cancelled')
  return {
    ...course,
    round: course.round + 1,
    startedAt: at,
    pauses: [],
    pausedSince: course.pausedSince === null ? null : at,
  }
}

function started(course: ClockCourse | null, at: number, again: Again): ClockCourse {
  if (course !== null && course.endedAt === null) return course
  if (course?.status === 'stopped') {
    if (again === 'never') return course
    if (again === 'continue') {
      const { endedAt } = course as { endedAt: number }
      return {
        ...course,
        status: 'running',
        endedAt: null,
        pauses: at > endedAt ? [...course.pauses, [endedAt, at]] : course.pauses,
      }
    }
  }
  return {
    status: 'running',
    round: (course?.round ?? 0) + 1,
    startedAt: at,
    pauses: [],
    pausedSince: null,
    endedAt: null,
  }
}

function paused(course: ClockCourse, at: number): ClockCourse {
  const since = Math.max(at, course.startedAt)
  if (course.pausedSince !== null && course.pausedSince <= since) return course
  return { ...course, status: 'paused', pausedSince: since, pauses: pausesUntil(since, course) }
}

function resumed(course: ClockCourse, at: number): ClockCourse {
  const { pausedSince, pauses } = course
  if (pausedSince === null) return course
  return {
    ...course,
    status: 'running',
    pausedSince: null,
    pauses: at > pausedSince ? [...pauses, [pausedSince, at]] : pauses,
  }
}

function ended(course: ClockCourse, at: number, status: 'stopped' | 'cancelled'): ClockCourse {
  const endedAt = Math.max(at, course.startedAt)
  const resumedCourse = resumed(course, endedAt)
  return { ...resumedCourse, status, endedAt, pauses: pausesUntil(endedAt, resumedCourse) }
}

function pausesUntil(limit: number, { pauses }: ClockCourse): ClockCourse['pauses'] {
  return pauses.filter(([from]) => from < limit).map(([from, to]) => [from, Math.min(to, limit)] as const)
}

/** Milliseconds of working time that the clock has run by an instant. */
export function workedBy(course: ClockCourse, instant: number, calendar: Calendar): number {
  let worked = 0
  for (const [from, to] of runs(course))
    if (from < instant) worked += workingTimeBetween(calendar, from, Math.min(to, instant))
  return worked
}

/** When the clock has run, or will have run if nothing changes, for so long; null where it stands before. */
export function reachedAt(course: ClockCourse, milliseconds: number, calendar: Calendar): number | null {
  if (milliseconds <= 0) return course.startedAt
  let rest = milliseconds
  for (const [from, to] of runs(course)) {
    const worked = to === Infinity ? rest : workingTimeBetween(calendar, from, to)
    if (worked >= rest) return addWorkingMilliseconds(calendar, from, rest)
    rest -= worked
  }
  return null
}

/** The stretches in which the clock ran; the last of a running clock has no end. */
function runs({ startedAt, pauses, pausedSince, endedAt }: ClockCourse): [from: number, to: number][] {
  const stretches: [number, number][] = []
  let from = startedAt
  for (const [pause, resume] of pauses) {
    if (pause > from) stretches.push([from, pause])
    from = resume
  }
  const end = endedAt ?? pausedSince ?? Infinity
  if (end > from) stretches.push([from, end])
  return stretches
}
