import { TesseraError } from '../../access/errors.ts'
import type { ObjectModel } from '../../definitions/model/model.ts'
import { asConsequence, type UnitOfWork } from '../../records/unit-of-work.ts'
import type { RecordValues } from '../../records/values.ts'
import { lockPrior } from '../../records/write/prior.ts'

/** Locks a record, whatever the rights, and gives all that is stored of it; undefined where it has been deleted. */
export async function lockIfPresent(
  unit: UnitOfWork,
  object: ObjectModel,
  id: string,
): Promise<RecordValues | undefined> {
  try {
    return await lockPrior(asConsequence(unit), { object, id, action: 'update' })
  } catch (error) {
    if (error instanceof TesseraError && error.code === 'not_found') return undefined
    throw error
  }
}
