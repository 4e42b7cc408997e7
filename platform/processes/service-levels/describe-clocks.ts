import { invalid } from '../../access/errors.ts'
import { promiseColumn } from '../../definitions/model/promise-column.ts'
import { nearest } from '../../definitions/nearest.ts'
import { getRecord } from '../../records/read/get.ts'
import { readableObject } from '../../records/read/selection.ts'
import type { UnitOfWork } from '../../records/unit-of-work.ts'
import { clocksOfRecord, clocksOfRecords } from './clock-row.ts'
import { viewClock, type ClockView } from './view-clock.ts'

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
    [...level.promises.values()].flatMap((promise) => {
      const row = rows.find((known) => known.level === level.name && known.promise === promise.name)
      return (row && viewClock(row, promise, now)) ?? []
    }),
  )
}

/**
 * The clocks of named promises on records that the caller has found readable: by record, then by promise.
 * @throws TesseraError validation for a promise that no service level of the object makes
 */
export async function clocksByRecord(
  unit: UnitOfWork,
  { object, ids, promises }: { object: string; ids: readonly string[]; promises: readonly string[] },
): Promise<ReadonlyMap<string, ReadonlyMap<string, ClockView>>> {
  const levels = unit.model.serviceLevels.get(object) ?? []
  const known = new Set(levels.flatMap((level) => [...level.promises.keys()]))
  const unknown = promises.filter((promise) => !known.has(promise))
  if (unknown.length > 0) throw invalid(unknown.map((promise) => unknownPromise(object, promise, known)))
  const found = new Map<string, Map<string, ClockView>>()
  if (ids.length === 0) return found
  const now = unit.moment.now.getTime()
  for (const row of await clocksOfRecords(unit, { records: ids, promises })) {
    const promise = levels.find(({ name }) => name === row.level)?.promises.get(row.promise)
    const view = promise && viewClock(row, promise, now)
    if (view !== undefined)
      found.set(row.record, (found.get(row.record) ?? new Map<string, ClockView>()).set(row.promise, view))
  }
  return found
}

function unknownPromise(object: string, promise: string, known: ReadonlySet<string>) {
  const near = nearest(promise, [...known])
  const hint = near === undefined ? '' : `; did you mean "${promiseColumn(near)}"?`
  return {
    field: promiseColumn(promise),
    code: 'unknown_field',
    message: `no service level for ${object} makes a promise "${promise}"${hint}`,
  }
}
