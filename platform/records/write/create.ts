import type { ObjectModel } from '../../definitions/model/model.ts'
import type { UnitOfWork } from '../unit-of-work.ts'
import type { RecordValues } from '../values.ts'
import { createRow } from './create-row.ts'
import { writeLines } from './lines.ts'
import { tellParent } from './parent-history.ts'
import type { WriteOptions } from './request.ts'

/**
 * Creates a record: authorise, check, default, compute, validate, number, write with history, lines, roll-ups,
 * process. All in the unit's transaction. Gives the record as stored, whatever the rights to read it.
 * @throws TesseraError validation with every fault, forbidden, not_found for the object
 */
export async function createRecord(
  unit: UnitOfWork,
  request: { object: string; values: RecordValues },
  write: WriteOptions = {},
): Promise<RecordValues> {
  const record = await createRow(unit, request, write, writeLines)
  const object = unit.model.objects.get(request.object) as ObjectModel
  tellParent(unit, { object, before: undefined, after: record, version: Number(record.version) })
  return record
}
