import type { UnitOfWork } from '../unit-of-work.ts'
import type { RecordValues } from '../values.ts'
import { writeLines } from './lines.ts'
import type { WriteOptions } from './request.ts'
import { updateRow, type UpdateRequest } from './update-row.ts'

export type { UpdateRequest } from './update-row.ts'

/**
 * Changes a record: load and lock, authorise before and after, check, compute, validate, write with history, lines,
 * roll-ups. Gives the record as stored.
 * @throws TesseraError not_found, forbidden, validation, conflict (with `changed`: fields changed since `version`)
 */
export function updateRecord(
  unit: UnitOfWork,
  request: UpdateRequest,
  write: WriteOptions = {},
): Promise<RecordValues> {
  return updateRow(unit, request, write, writeLines)
}
