import { notFound, TesseraError } from '../../access/errors.ts'
import { audit } from '../../audit/index.ts'
import type { OperatorAct } from '../../processes/index.ts'
import {
  isRecordId,
  readingWork,
  writingWork,
  type UnitOfWork,
  type WorkOptions,
} from '../../records/index.ts'

export interface RepairProgress {
  readonly id: string
  readonly act: OperatorAct
  readonly status: 'queued' | 'running' | 'done' | 'cancelled' | 'failed'
  readonly total: number
  /** Those that are dealt with, those that were refused included. */
  readonly done: number
  readonly refused: number
  readonly error: string | null
  readonly by: { readonly id: string; readonly name: string | null }
  readonly started_at: string
  readonly finished_at: string | null
}

export interface RepairResult {
  readonly instance: string
  readonly object: string | null
  readonly record: string | null
  readonly status: 'open' | 'done' | 'refused'
  readonly code: string | null
  readonly reason: string | null
}

const pageSize = 200

/** The latest repairs, newest first. @throws TesseraError forbidden without the feature "operate" */
export function listRepairs(work: WorkOptions): Promise<readonly RepairProgress[]> {
  return select(readingWork(work), 'true', [])
}

/** How far a repair is. @throws TesseraError forbidden, not_found */
export async function repairStatus(work: WorkOptions, id: string): Promise<RepairProgress> {
  const [row] = isRecordId(id) ? await select(readingWork(work), 'r.id = $1::uuid', [id]) : []
  if (row === undefined) throw notFound('repair', id)
  return row
}

/** What became of each instance, in pages; those that were refused first. @throws TesseraError forbidden, not_found */
export async function repairResults(
  work: WorkOptions,
  { id, after }: { id: string; after?: string },
): Promise<{ items: readonly RepairResult[]; next: string | null }> {
  await repairStatus(work, id)
  const [status = '', instance = ''] = (after ?? '').split(' ')
  if (after !== undefined && !isRecordId(instance))
    throw new TesseraError('bad_request', 'The cursor `after` is damaged.')
  const rows = (await readingWork(work).sql.unsafe(
    `select x.instance, i.object, i.record, x.status, x.code, x.reason
     from _repair_item x left join _instance i on i.id = x.instance
     where x.repair = $1::uuid and ($2::boolean or (x.status, x.instance) < ($3::text, $4::uuid))
     order by x.status desc, x.instance desc limit ${pageSize + 1}`,
    [id, after === undefined, status, after === undefined ? null : instance],
    { prepare: true },
  )) as unknown as RepairResult[]
  const items = rows.slice(0, pageSize)
  const last = rows.length > pageSize ? items.at(-1) : undefined
  return { items, next: last === undefined ? null : `${last.status} ${last.instance}` }
}

/** Stops a repair after the instance that is under way; what was repaired stays. @throws TesseraError forbidden, not_found */
export async function cancelRepair(work: WorkOptions, id: string): Promise<RepairProgress> {
  await repairStatus(work, id)
  await writingWork(work, async (unit) => {
    const stopped = await unit.sql.unsafe(
      `update _repair set status = 'cancelled', finished_at = $2::timestamptz
       where id = $1::uuid and status in ('queued', 'running') returning id`,
      [id, unit.moment.now.toISOString()],
    )
    if (stopped.length > 0) await audit(unit, { action: 'repair.cancelled', detail: { repair: id } })
  })
  return repairStatus(work, id)
}

async function select(unit: UnitOfWork, condition: string, values: string[]): Promise<RepairProgress[]> {
  if (!unit.rights.features.has('operate'))
    throw new TesseraError('forbidden', 'None of your roles has the feature "operate".')
  return (await unit.sql.unsafe(
    `select r.id, r.act, r.status, r.total, r.done, r.refused, r.error, r.started_at, r.finished_at,
       jsonb_build_object('id', r.by, 'name', u.name) as by
     from _repair r left join "user" u on u.id = r.by where ${condition} order by r.id desc limit 50`,
    values,
    { prepare: true },
  )) as unknown as RepairProgress[]
}
