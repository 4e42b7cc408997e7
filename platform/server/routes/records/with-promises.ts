import { promiseColumn, promiseOf } from '../../../definitions/model/promise-column.ts'
import { clocksByRecord } from '../../../processes/index.ts'
import type { RecordValues, UnitOfWork } from '../../../records/index.ts'
import { presentClock } from '../processes/present-clock.ts'

/**
 * Reads records with the countdowns of promises beside their fields, where `promise:first_answer` is among the fields that
 * are asked for. Whoever sees a record sees what is promised on it.
 */
export async function withPromises<
  Request extends { readonly object: string; readonly fields?: readonly string[] },
  Found,
>(
  unit: UnitOfWork,
  request: Request,
  {
    read,
    rowsOf,
  }: {
    read: (unit: UnitOfWork, request: Request) => Promise<Found>
    rowsOf: (found: Found) => readonly RecordValues[]
  },
): Promise<Found> {
  const { object, fields = [] } = request
  const promises = fields.flatMap((field) => promiseOf(field) ?? [])
  if (promises.length === 0) return read(unit, request)
  const found = await read(unit, {
    ...request,
    fields: fields.filter((field) => promiseOf(field) === undefined),
  })
  const rows = rowsOf(found)
  const ids = rows.map(({ id }) => String(id))
  const clocks = await clocksByRecord(unit, { object, ids, promises })
  const at = unit.moment.now.toISOString()
  for (const row of rows)
    for (const promise of promises) {
      const clock = clocks.get(String(row.id))?.get(promise)
      // A countdown is reckoned at a moment, from which it goes on.
      const counted = clock === undefined ? null : { at, ...presentClock(clock) }
      Object.assign(row, { [promiseColumn(promise)]: counted })
    }
  return found
}
