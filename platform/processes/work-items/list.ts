import type { UnitOfWork } from '../../records/unit-of-work.ts'
import { mayDo, presentItem, workItemSelect, type WorkItem, type WorkItemRow } from './work-item.ts'

export interface WorkItemQuery {
  /** open (with claimed) or done; open without it. */
  readonly status?: 'open' | 'done'
  /** Only the work of one record. */
  readonly record?: string
  /** At most so many, most urgent first; 200 without it. */
  readonly limit?: number
}

/**
 * The work that waits for the person (assigned, or open to a role of his), most urgent first; or what he has done.
 * With `record`: all work of that record, which the caller has found readable.
 */
export async function listWorkItems(
  unit: UnitOfWork,
  query: WorkItemQuery = {},
): Promise<readonly WorkItem[]> {
  const { userId, roles } = unit.principal
  const isDone = query.status === 'done'
  const limit = Math.min(query.limit ?? 200, 500)
  const mine = isDone
    ? 'w.completed_by = $1::uuid'
    : `(w.assignee = $1::uuid or (w.assignee is null and w.candidate_roles && $2::text[]))`
  const scope =
    query.record === undefined
      ? mine
      : 'w.record = $4::uuid and $1::uuid is not distinct from $1::uuid and $2::text[] is not null'
  const rows = (await unit.sql.unsafe(
    `${workItemSelect} where ${scope} and w.status = any($3::text[]) ` +
      `order by ${isDone ? 'w.completed_at desc' : 'w.due_at nulls last, w.priority desc, w.id'} limit ${limit}`,
    [
      userId ?? null,
      roles as string[],
      isDone ? ['done'] : ['open', 'claimed'],
      ...(query.record === undefined ? [] : [query.record]),
    ],
    { prepare: true },
  )) as unknown as WorkItemRow[]
  const shown = isDone || query.record !== undefined ? rows : rows.filter((row) => mayDo(unit, row))
  return Promise.all(shown.map((row) => presentItem(unit, row)))
}

/** How much work waits for the person. */
export async function countWorkItems(unit: UnitOfWork): Promise<number> {
  const { userId, roles } = unit.principal
  const [row] = await unit.sql.unsafe(
    `select count(*)::int as value from _work_item w where w.status in ('open', 'claimed') and
       (w.assignee = $1::uuid or (w.assignee is null and w.candidate_roles && $2::text[])) and
       not (w.kind = 'approval' and not (w.form->>'may_requester_approve')::boolean and w.form->>'requested_by' is not distinct from $1::uuid::text)`,
    [userId ?? null, roles as string[]],
    { prepare: true },
  )
  return (row as unknown as { value: number }).value
}
