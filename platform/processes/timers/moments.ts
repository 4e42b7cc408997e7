import { delayEnd } from '../../calendars/delay.ts'
import { zoneClock } from '../../calendars/zone-clock.ts'
import type { DelayModel, ProcessModel } from '../../definitions/model/model.ts'
import type { UnitOfWork } from '../../records/unit-of-work.ts'
import { isBlank, type RecordValues } from '../../records/values.ts'

interface Seen {
  readonly record: RecordValues
  readonly context: Readonly<Record<string, unknown>>
}

/**
 * When a delay ends that begins now: a duration after so much time, a declared moment when its expression says;
 * undefined for a moment that is blank. A day begins in the time zone of the tenant.
 */
export function endOfDelay(
  unit: UnitOfWork,
  { process, delay, seen }: { process: ProcessModel; delay: string; seen: Seen },
): number | undefined {
  const now = unit.moment.now.getTime()
  const moment = process.delays.get(delay)
  if (moment === undefined) return delayEnd(delay, now, unit.model.calendars)
  const end = momentOf(unit, { process, moment, seen: { ...seen } })
  // What is past comes at once.
  return end === undefined ? undefined : Math.max(now, end)
}

/** The instant that a declared moment gives (milliseconds since 1970); undefined for one that is blank. */
export function momentOf(
  unit: UnitOfWork,
  {
    process,
    moment,
    seen,
  }: { process: ProcessModel; moment: DelayModel; seen: Readonly<Record<string, unknown>> },
): number | undefined {
  const value = process.expressions[moment.until]?.evaluate(seen, unit.moment)
  if (isBlank(value)) return undefined
  const text = String(value)
  return /^\d{4}-\d{2}-\d{2}$/.test(text)
    ? zoneClock(unit.model.settings.timeZone).first(Date.parse(`${text}T00:00:00Z`))
    : Date.parse(text)
}
