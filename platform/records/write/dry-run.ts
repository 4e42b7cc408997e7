import { TesseraError, type Fault } from '../../access/errors.ts'
import { writingWork, type WorkOptions } from '../unit-of-work.ts'
import type { RecordValues } from '../values.ts'
import { createRecord } from './create.ts'
import { updateRecord } from './update.ts'

/** Undoes the transaction of a write that was only tried. */
class Tried extends Error {}

/** What a write would be refused for, found by doing it and undoing it. Other errors are thrown. */
export async function tryWrite(
  work: WorkOptions,
  request: { object: string; id?: string; values: RecordValues },
): Promise<readonly Fault[]> {
  const { object, id, values } = request
  try {
    await writingWork(work, async (unit) => {
      if (id === undefined) await createRecord(unit, { object, values })
      else await updateRecord(unit, { object, id, values })
      throw new Tried()
    })
  } catch (error) {
    if (error instanceof Tried) return []
    if (error instanceof TesseraError && error.code === 'validation') return error.faults
    throw error
  }
  return []
}
