import { readableObject } from '../read/selection.ts'
import type { UnitOfWork } from '../unit-of-work.ts'
import type { RecordValues } from '../values.ts'
import { writeLines } from './lines.ts'
import { tellParent } from './parent-history.ts'
import { lockPrior } from './prior.ts'
import type { WriteOptions } from './request.ts'
import { updateRow, type UpdateRequest } from './update-row.ts'

export type { UpdateRequest } from './update-row.ts'

/**
 * Changes a record: load and lock, authorise before and after, check, compute, validate, write with history, lines,
 * roll-ups. Gives the record as stored.
 * @throws TesseraError not_found, forbidden, validation, conflict (with `changed`: fields changed since `version`)
 */
export async function updateRecord(
  unit: UnitOfWork,
  request: UpdateRequest,
  write: WriteOptions = {},
): Promise<RecordValues> {
  const object = unit.model.objects.get(request.object)
  if (object?.parent === undefined) return updateRow(unit, request, write, writeLines)
  const before =
    write.prior ??
    (await lockPrior(unit, {
      object: readableObject({ ...unit, object: object.name }),
      id: request.id,
      action: 'update',
    }))
  const after = await updateRow(unit, request, { ...write, prior: before }, writeLines)
  tellParent(unit, { object, before, after, version: Number(after.version) })
  return after
}
