import { TesseraError } from '../../access/errors.ts'
import { audit } from '../../audit/index.ts'
import { enqueue } from '../../database/jobs.ts'
import { identifier } from '../../database/identifier.ts'
import type { ObjectModel } from '../../definitions/model/model.ts'
import { personalFields } from '../../definitions/privacy/personal-fields.ts'
import { deleteRecord } from '../../records/write/delete.ts'
import {
  asConsequence,
  readingWork,
  writingWork,
  type UnitOfWork,
  type WorkOptions,
} from '../../records/unit-of-work.ts'
import { eraseRecord } from '../erasure/erase.ts'
import { overdueRecords } from './due.ts'

export interface RetentionResult {
  readonly object: string
  readonly done: number
  /** Ids of records that something forbids to delete; they are tried again the next day. */
  readonly refused: readonly string[]
}

const batch = 100
const day = 24 * 3_600_000

/** Carries out every retention, each record in a transaction of its own, and asks for the next day. */
export async function runRetention(
  work: WorkOptions,
  signal?: AbortSignal,
): Promise<readonly RetentionResult[]> {
  const objects = retainedObjects(work)
  if (objects.length === 0) return []
  const results: RetentionResult[] = []
  for (const object of objects) results.push(await runFor(work, object, signal))
  const runAt = new Date(work.now.getTime() + (signal?.aborted === true ? 0 : day))
  await enqueue(work.pool, { task: 'retention', payload: {}, jobKey: 'retention', runAt })
  return results
}

/** The objects that say how long their records are kept. */
export function retainedObjects({ model }: Pick<WorkOptions, 'model'>): readonly ObjectModel[] {
  return [...model.objects.values()].filter(({ privacy }) => privacy.retention !== undefined)
}

async function runFor(
  work: WorkOptions,
  object: ObjectModel,
  signal: AbortSignal | undefined,
): Promise<RetentionResult> {
  const refused: string[] = []
  let done = 0
  let after: string | null = null
  for (;;) {
    const ids: readonly string[] = await overdueRecords(readingWork(work), { object, after, limit: batch })
    for (const id of ids) {
      if (signal?.aborted === true) return { object: object.name, done, refused }
      if (await end(work, object, id)) done++
      else refused.push(id)
    }
    after = ids.at(-1) ?? null
    if (ids.length < batch) return { object: object.name, done, refused }
  }
}

/** Whether it could be done; what refers to a record may forbid that it is deleted. */
async function end(work: WorkOptions, object: ObjectModel, id: string): Promise<boolean> {
  try {
    await writingWork(work, async (unit) => {
      if (!(await lockOverdue(unit, object, id))) return
      if (personalFields(object).length > 0) await eraseRecord(unit, { object, id, reason: 'retention' })
      else
        await audit(unit, { action: 'retention', subject: { object: object.name, record: id }, detail: {} })
      if (object.privacy.retention?.outcome === 'delete' && (await isThere(unit, object, id)))
        await deleteRecord(asConsequence(unit), { object: object.name, id })
    })
    return true
  } catch (error) {
    if (error instanceof TesseraError) return false
    throw error
  }
}

/** Asked again under the lock: another node may have been there, or the record was changed. */
async function lockOverdue(unit: UnitOfWork, object: ObjectModel, id: string): Promise<boolean> {
  await unit.sql.unsafe(`select 1 from ${identifier(object.name)} where id = $1::uuid for no key update`, [
    id,
  ])
  const [found] = await overdueRecords(unit, { object, only: id, limit: 1 })
  return found === id
}

async function isThere(unit: UnitOfWork, object: ObjectModel, id: string): Promise<boolean> {
  const rows = await unit.sql.unsafe(
    `select 1 from ${identifier(object.name)} where id = $1::uuid and deleted_at is null`,
    [id],
  )
  return rows.length > 0
}
