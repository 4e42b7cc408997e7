import { TesseraError } from '../../access/errors.ts'
import { writingWork, type UnitOfWork, type WorkOptions } from '../unit-of-work.ts'
import type { RecordValues } from '../values.ts'
import { createRecord } from './create.ts'
import { deleteRecord } from './delete.ts'
import { updateRecord } from './update.ts'

export interface BulkOperation {
  readonly op: 'create' | 'update' | 'delete'
  readonly id?: string
  readonly version?: number
  readonly values?: RecordValues
}

export interface BulkResult {
  readonly ok: boolean
  readonly id?: string
  readonly error?: TesseraError
}

/**
 * Many writes to one object. all_or_nothing: one transaction, the first fault undoes everything and is thrown with its
 * position. each: every operation is a transaction of its own and has a result of its own.
 */
export async function bulkWrite(
  work: WorkOptions,
  request: { object: string; mode: 'all_or_nothing' | 'each'; operations: readonly BulkOperation[] },
): Promise<readonly BulkResult[]> {
  const { object, mode, operations } = request
  if (operations.length > 1_000)
    throw new TesseraError(
      'too_large',
      `${operations.length} operations in one request; at most 1000 are allowed.`,
    )
  if (mode === 'each') return eachAlone(work, object, operations)
  return writingWork(work, async (unit) => {
    const results: BulkResult[] = []
    for (const [at, operation] of operations.entries()) {
      const id = await apply(unit, object, operation).catch((error: unknown) => {
        throw located(error, at)
      })
      results.push({ ok: true, id })
    }
    return results
  })
}

async function eachAlone(
  work: WorkOptions,
  object: string,
  operations: readonly BulkOperation[],
): Promise<readonly BulkResult[]> {
  const results: BulkResult[] = []
  for (const operation of operations) {
    try {
      results.push({ ok: true, id: await writingWork(work, (unit) => apply(unit, object, operation)) })
    } catch (error) {
      if (!(error instanceof TesseraError)) throw error
      results.push({ ok: false, ...(operation.id === undefined ? {} : { id: operation.id }), error })
    }
  }
  return results
}

async function apply(unit: UnitOfWork, object: string, operation: BulkOperation): Promise<string> {
  const { op, id = '', version, values = {} } = operation
  const seen = version === undefined ? {} : { version }
  if (op === 'create') return (await createRecord(unit, { object, values })).id as string
  if (op === 'update') return (await updateRecord(unit, { object, id, values, ...seen })).id as string
  await deleteRecord(unit, { object, id, ...seen })
  return id
}

function located(error: unknown, at: number): unknown {
  if (!(error instanceof TesseraError)) return error
  return new TesseraError(error.code, `Operation ${at + 1}: ${error.message}`, {
    faults: error.faults.map((fault) => ({
      ...fault,
      path: `operations/${at}${fault.path === undefined ? '' : `/${fault.path}`}`,
    })),
    members: { ...error.members, operation: at },
    cause: error,
  })
}
