import { TesseraError } from '../../access/errors.ts'
import { objectsInScope } from '../../access/scopes.ts'
import type { UnitOfWork } from '../../records/unit-of-work.ts'
import { isAdministrator, isBarred } from './rights.ts'
import { standingIn } from './substitutes.ts'
import { askedBy, workItemSelect } from './select.ts'
import { presentItems, type WorkItem, type WorkItemRow } from './work-item.ts'

export interface WorkItemQuery {
  /** open (with claimed and waiting) or done; open without it. */
  readonly status?: 'open' | 'done'
  /** Only the work of one record. */
  readonly record?: string
  /** Open work of somebody else, or of all who are not active any more; for administrators. */
  readonly heldBy?: { readonly person: string } | 'inactive'
  /** At most so many, most urgent first; 200 without it. */
  readonly limit?: number
}

/**
 * The work that waits for the person (assigned to him or to somebody for whom he stands in, open to a role of his, or
 * delegated by him), most urgent first; or what he has done. With `record`: all work of that record, which the caller
 * has found readable.
 * @throws TesseraError forbidden for `heldBy` without the feature "administer"
 */
export async function listWorkItems(
  unit: UnitOfWork,
  query: WorkItemQuery = {},
): Promise<readonly WorkItem[]> {
  const isDone = query.status === 'done'
  if (query.heldBy !== undefined && !isAdministrator(unit))
    throw new TesseraError('forbidden', 'None of your roles has the feature "administer".')
  const { condition, values, isMine } = withinKey(unit, scopeOf(unit, query))
  const rows = (await unit.sql.unsafe(
    `${workItemSelect} where ${condition} and ${isDone ? `w.status = 'done'` : 'w.completed_at is null'} ` +
      `order by ${isDone ? 'w.completed_at desc' : 'w.priority desc, w.due_at nulls last, w.id'} ` +
      `limit ${Math.min(query.limit ?? 200, 500)}`,
    [...askedBy(unit), ...values] as never[],
    { prepare: true },
  )) as unknown as WorkItemRow[]
  const me = unit.principal.userId
  const shown = isMine && me !== undefined ? rows.filter((row) => isFor(row, me)) : rows
  return presentItems(unit, shown)
}

/** How much work waits for the person and can be done now. */
export async function countWorkItems(unit: UnitOfWork): Promise<number> {
  const barred = (person: string) =>
    `(w.kind = 'approval' and not (w.form->>'may_requester_approve')::boolean and (w.form->>'requested_by')::uuid is not distinct from ${person})`
  const [row] = await unit.sql.unsafe(
    `with recursive ${standingIn} select count(*)::int as value from _work_item w
     where w.completed_at is null and w.status in ('open', 'claimed') and ${held} and
       not ${barred('$1::uuid')} and not (w.assignee is distinct from $1::uuid and ${barred('w.assignee')})
       and ($4::text[] is null or w.object = any($4::text[]))`,
    [...askedBy(unit), unit.principal.roles as string[], (reachedObjects(unit) ?? null) as string[] | null],
    { prepare: true },
  )
  return (row as unknown as { value: number }).value
}

/** $3 are the roles. */
const held =
  `(w.assignee = any($1::uuid || array(select person from stood_for)) ` +
  `or (w.assignee is null and w.queue is null and w.candidate_roles && $3::text[]))`

interface Scope {
  readonly condition: string
  readonly values: readonly unknown[]
  readonly isMine: boolean
}

function scopeOf({ principal }: UnitOfWork, { status, record, heldBy }: WorkItemQuery): Scope {
  if (record !== undefined) return { condition: 'w.record = $3::uuid', values: [record], isMine: false }
  if (heldBy === 'inactive') {
    const gone =
      'coalesce(w.assignee, w.delegated_by) in (select id from "user" where is_active = false or deleted_at is not null)'
    return { condition: gone, values: [], isMine: false }
  }
  if (heldBy !== undefined)
    return {
      condition: '$3::uuid in (w.assignee, w.delegated_by)',
      values: [heldBy.person],
      isMine: false,
    }
  if (status === 'done') return { condition: 'w.completed_by = $1::uuid', values: [], isMine: false }
  return {
    condition: `(${held} or w.delegated_by = any($1::uuid || array(select person from stood_for)))`,
    values: [principal.roles],
    isMine: true,
  }
}

/** The same, within the objects to which the key reaches that is used. */
function withinKey(unit: UnitOfWork, scope: Scope): Scope {
  const objects = reachedObjects(unit)
  if (objects === undefined) return scope
  const values = [...scope.values, objects]
  return {
    ...scope,
    values,
    condition: `${scope.condition} and w.object = any($${values.length + 2}::text[])`,
  }
}

function reachedObjects({ model, principal }: UnitOfWork): readonly string[] | undefined {
  return objectsInScope(model, principal.scopes)
}

/** Not what the person may not decide, nor a part whose turn has not come, nor what he has done his part of. */
function isFor(row: WorkItemRow, me: string): boolean {
  if (row.status === 'waiting' && (row.parent !== null || row.result !== null)) return false
  const isDelegator = row.delegated_by === me || row.is_substitute_of_delegator
  const isStandIn = row.assignee !== null && row.assignee !== me
  return isDelegator || !(isBarred(row, me) || (isStandIn && isBarred(row, row.assignee)))
}
