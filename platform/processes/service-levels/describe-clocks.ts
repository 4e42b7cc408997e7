import type { LocalText } from '../../definitions/model/model.ts'
import { getRecord } from '../../records/read/get.ts'
import { readableObject } from '../../records/read/selection.ts'
import type { UnitOfWork } from '../../records/unit-of-work.ts'
import type { ClockAlert } from './advance.ts'
import { clocksOfRecord } from './clock-row.ts'
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

/**
 * The clocks of a record that the principal may see, in the order of the declarations. Promises that are no longer made
 * are left out, and those whose clock has not started.
 * @throws TesseraError not_found for the record
 */
export async function describeClocks(
  unit: UnitOfWork,
  request: { object: string; id: string },
): Promise<readonly ClockView[]> {
  const object = readableObject({ ...unit, object: request.object })
  const levels = unit.model.serviceLevels.get(object.name) ?? []
  const [rows] = await Promise.all([
    levels.length === 0 ? [] : clocksOfRecord(unit, request.id),
    getRecord(unit, { ...request, fields: ['id'], hasLines: false }),
  ])
  const now = unit.moment.now.getTime()
  return levels.flatMap((level) =>
    [...level.promises.values()].flatMap((promise): ClockView[] => {
      const row = rows.find((known) => known.level === level.name && known.promise === promise.name)
      const clock = row?.clock ?? null
      if (row === undefined || clock === null || clock.status === 'cancelled') return []
      return [
        {
          ...countdown(clock, modelPromise(promise, targetNamed(promise, row.target)), now),
          level: level.name,
          promise: promise.name,
          label: promise.label,
          help: promise.help,
          startedAt: clock.startedAt,
          endedAt: clock.endedAt,
          alerts: [...promise.alerts.values()].flatMap(({ name, label }) => {
            const alert = clock.alerts[name]
            return alert === undefined ? [] : [{ name, label, ...alert }]
          }),
        },
      ]
    }),
  )
}
