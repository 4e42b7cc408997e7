import { zoneClock } from '../../calendars/zone-clock.ts'
import { dayLength, parseDate, parseDatetime } from '../../language/values/date.ts'
import type { Expression } from '../../language/types.ts'

/** For which new records a version of a process is meant; all that is said must hold. */
export interface ReleaseModel {
  /** Of all new records, from 0 to 1. */
  readonly share: number | undefined
  /** A date, whose day begins in the time zone of the tenant, or an ISO 8601 moment. */
  readonly from: string | undefined
  /** Over `record`. */
  readonly when: Expression | undefined
}

/** How records of earlier versions of a process go on in this one. */
export interface MigrationModel {
  /** Paths of states of this version, by those of earlier ones. */
  readonly states: ReadonlyMap<string, string>
  /** What the process remembers, by name: over `record` and the `context` of the earlier version. */
  readonly context: ReadonlyMap<string, Expression>
  /** What is invoked and begins anew though it was open. */
  readonly restart: ReadonlySet<string>
}

/**
 * The first instant of a release (milliseconds since 1970); null for what is no moment.
 * @param from a date, or an ISO 8601 moment with its offset
 */
export function releaseBegins(from: string, timeZone: string): number | null {
  const day = parseDate(from)
  return day === null ? parseDatetime(from) : zoneClock(timeZone).first(day * dayLength)
}
