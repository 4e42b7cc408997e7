import type { LocalText } from '../../definitions/model/model.ts'
import type { PromiseModel } from '../../definitions/model/service-level.ts'
import type { ClockAlert } from './advance.ts'
import type { ClockRow } from './clock-row.ts'
import { countdown, type Countdown } from './countdown.ts'
import { modelPromise, targetNamed } from './model-promise.ts'

/** A promise on a record, and how its clock stands. */
export interface ClockView extends Countdown {
  readonly level: string
  readonly promise: string
  readonly label: LocalText
  readonly help: LocalText | undefined
  readonly startedAt: number
  readonly endedAt: number | null
  readonly alerts: readonly (ClockAlert & { readonly name: string; readonly label: LocalText })[]
}

/** How a clock stands at a moment; undefined for one that has not started, or whose promise is no longer made. */
export function viewClock(row: ClockRow, promise: PromiseModel, now: number): ClockView | undefined {
  const { clock, level, target } = row
  if (clock === null || clock.status === 'cancelled') return undefined
  return {
    ...countdown(clock, modelPromise(promise, targetNamed(promise, target)), now),
    level,
    promise: promise.name,
    label: promise.label,
    help: promise.help,
    startedAt: clock.startedAt,
    endedAt: clock.endedAt,
    alerts: [...promise.alerts.values()].flatMap(({ name, label }) => {
      const alert = clock.alerts[name]
      return alert === undefined ? [] : [{ name, label, ...alert }]
    }),
  }
}
