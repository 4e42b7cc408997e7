import { TesseraError } from '../../access/errors.ts'
import type { UnitOfWork } from '../../records/unit-of-work.ts'
import type { ErasureReport } from './report.ts'

export interface ListedErasure {
  readonly id: string
  readonly object: string
  readonly record: string
  readonly reason: 'request' | 'retention'
  readonly at: string
  readonly by: { readonly id: string; readonly name: string | null } | null
  readonly report: ErasureReport
}

const pageSize = 50

/** What was erased, newest first, with its reports. @throws TesseraError forbidden without the feature "erase" */
export async function listErasures(
  unit: UnitOfWork,
  { after }: { after?: string },
): Promise<{ items: readonly ListedErasure[]; next: string | null }> {
  if (!unit.rights.features.has('erase'))
    throw new TesseraError('forbidden', 'None of your roles has the feature "erase".')
  const rows = (await unit.sql.unsafe(
    `select e.id, e.object, e.record, e.reason, e.at, e.report,
       case when e.by is not null then jsonb_build_object('id', e.by, 'name', u.name) end as by
     from _erasure e left join "user" u on u.id = e.by
     where e.status = 'done' and ($1::uuid is null or e.id < $1) order by e.id desc limit ${pageSize + 1}`,
    [after ?? null],
    { prepare: true },
  )) as unknown as ListedErasure[]
  const items = rows.slice(0, pageSize)
  return { items, next: rows.length > pageSize ? (items.at(-1)?.id ?? null) : null }
}
