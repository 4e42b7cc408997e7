import { delayEnd } from '../../calendars/delay.ts'
import type { UnitOfWork } from '../../records/unit-of-work.ts'
import { armTimer, cancelTimers } from '../timers/timers.ts'
import type { AskedDeadline } from './asked.ts'

interface Of {
  readonly instance: string
  readonly approval: string
  /** Undefined for the whole. */
  readonly level?: string | undefined
}

/** The event of the timer that ends a deadline, and what it says. */
function eventIdOf({ approval, level }: Omit<Of, 'instance'>): string {
  return `approval.${approval}${level === undefined ? '' : `.${level}`}`
}

/** The same in SQL: whether `t`, a timer, ends a deadline of `a`, an approval, as a whole or at its level. */
export const isDeadlineOf = `t.event_id in ('approval.' || a.id, 'approval.' || a.id || '.' || a.level)`

/** Which deadline a timer ends; undefined for every other timer. */
export function deadlineOf(
  eventId: string,
): { readonly approval: string; readonly level: string | undefined } | undefined {
  const [kind, approval, level] = eventId.split('.')
  return kind === 'approval' && approval !== undefined ? { approval, level } : undefined
}

/** Sets a deadline that begins now. Gives its end in milliseconds since 1970. */
export async function armDeadline(
  unit: UnitOfWork,
  { deadline, ...of }: Of & { deadline: AskedDeadline },
): Promise<number> {
  const end = delayEnd(deadline.after, unit.moment.now.getTime(), unit.model.calendars)
  armTimer(unit, { instance: of.instance, eventId: eventIdOf(of), end })
  return end
}

export async function cancelDeadline(unit: UnitOfWork, of: Of): Promise<void> {
  cancelTimers(unit, { instance: of.instance, eventId: eventIdOf(of) })
}
