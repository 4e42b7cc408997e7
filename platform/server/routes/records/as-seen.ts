import { TesseraError } from '../../../access/errors.ts'
import { getRecord, type MayAction, type RecordValues, type UnitOfWork } from '../../../records/index.ts'

/**
 * What was written, as its writer may see it: the write path gives all that is stored. Where the record is out of sight
 * (one may create but not read, or a step handed it on), id and version alone.
 */
export async function asSeen(
  unit: UnitOfWork,
  object: string,
  stored: RecordValues,
  options: { may?: readonly MayAction[] | undefined } = {},
): Promise<RecordValues> {
  const id = stored.id as string
  const { may } = options
  const seen = await ifVisible(() => getRecord(unit, { object, id, ...(may === undefined ? {} : { may }) }))
  return seen ?? { id, version: stored.version }
}

/** What the read gives, or undefined where the rights let nothing be seen. */
export async function ifVisible<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof TesseraError && (error.code === 'not_found' || error.code === 'forbidden'))
      return undefined
    throw error
  }
}
