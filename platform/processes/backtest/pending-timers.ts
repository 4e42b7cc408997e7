import type { Model, ProcessModel } from '../../definitions/model/model.ts'
import { parseDelay } from '../../calendars/delay.ts'
import { delayOf, waitingIn } from '../timers/waiting.ts'
import type { PastDecider, Told } from './past-decider.ts'
import type { RecordedChange } from './recorded.ts'

interface Pending {
  readonly armedAt: number
  readonly end: Told
}

/** The timers that run in the draft while a case is replayed. */
export class PendingTimers {
  readonly #timers = new Map<string, Pending>()

  /** Takes over what a step armed and cancelled. */
  note({ armed, cancelled }: Pick<PastDecider, 'armed' | 'cancelled'>, now: number): void {
    for (const eventId of cancelled) this.#timers.delete(eventId)
    for (const { eventId, end } of armed) this.#timers.set(eventId, { armedAt: now, end })
  }

  remove(eventId: string): void {
    this.#timers.delete(eventId)
  }

  /**
   * The timer that fires first until a moment; or why that cannot be told.
   * @param isRecorded whether the version that ran had the same timer: then the history says whether it fired
   */
  firstUntil(
    until: number,
    options: {
      process: ProcessModel
      changes: readonly RecordedChange[]
      isRecorded: (eventId: string) => boolean
    },
  ): { readonly eventId: string; readonly end: number } | { readonly unknown: string } | undefined {
    let first: { eventId: string; end: number } | undefined
    for (const [eventId, { armedAt, end }] of this.#timers) {
      if (options.isRecorded(eventId)) continue
      const name = delayOf(eventId) ?? eventId
      const fields = options.process.delays.get(name)?.fields ?? new Set<string>()
      const isMoved = options.changes.some(
        ({ at, changes }) =>
          Date.parse(at) > armedAt &&
          Date.parse(at) <= until &&
          Object.keys(changes).some((field) => fields.has(field)),
      )
      if ('reason' in end) return { unknown: `when "${name}" ends cannot be told: ${end.reason}` }
      if (isMoved) return { unknown: `what "${name}" depends on was changed while it ran` }
      if (end.value === undefined) continue
      const moment = end.value as number
      if (moment <= until && (first === undefined || moment < first.end)) first = { eventId, end: moment }
    }
    return first
  }
}

/** Whether a timer of the draft runs in the version that ran just the same, in these states. */
export function isSameTimer(
  eventId: string,
  options: {
    states: readonly string[]
    draft: { process: ProcessModel; model: Model }
    ran: { process: ProcessModel; model: Model } | undefined
  },
): boolean {
  const { states, draft, ran } = options
  const delay = delayOf(eventId)
  if (ran === undefined || delay === undefined) return false
  if (!waitingIn(ran.process, states).some((waiting) => waiting.eventId === eventId)) return false
  return declarationOf(delay, draft) === declarationOf(delay, ran)
}

/** All that says when a delay ends, as text. */
function declarationOf(delay: string, { process, model }: { process: ProcessModel; model: Model }): string {
  const moment = process.delays.get(delay)
  if (moment !== undefined) return `until ${process.expressions[moment.until]?.text}`
  const { calendar } = parseDelay(delay)
  return JSON.stringify([delay, calendar === undefined ? null : model.documents.calendar[calendar]])
}
