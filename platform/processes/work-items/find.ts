import { notFound, TesseraError } from '../../access/errors.ts'
import { checkScope, isInScope } from '../../access/scopes.ts'
import { getRecord, isRecordId } from '../../records/read/get.ts'
import type { UnitOfWork } from '../../records/unit-of-work.ts'
import { actsOf, isCandidate, isInvolved, mayDo, type WorkAct } from './rights.ts'
import { aloneItemSelect, askedBy, workItemSelect } from './select.ts'
import type { WorkItemRow } from './work-item.ts'

/**
 * The item, for somebody who may do this with it. Who has no part in it does not learn that it exists.
 * @throws TesseraError not_found, conflict where it is taken, done or stands in another place than the act needs
 */
export async function itemFor(
  unit: UnitOfWork,
  id: string,
  wanted: WorkAct | ((item: WorkItemRow) => WorkAct),
): Promise<WorkItemRow> {
  const item = await readItem(unit, id)
  checkScope(unit.model, unit.principal.scopes, { object: item.object, action: 'write' })
  const act = typeof wanted === 'function' ? wanted(item) : wanted
  const possible = actsOf(unit, item)
  if (possible.includes(act) && (act !== 'comment' || (await isSeen(unit, item)))) return item
  const isTaken = item.status === 'claimed' && !mayDo(unit, item) && isCandidate(unit, item)
  if (isTaken && doing.has(act)) throw taken(item)
  if (!isInvolved(unit, item)) throw notFound('work item', id)
  if (item.status === 'done' || item.status === 'cancelled')
    throw new TesseraError('conflict', 'This work has been done already.', {
      members: { status: item.status },
    })
  throw new TesseraError(
    'conflict',
    `"${act}" is not possible for you with this work as it stands; possible: ${possible.join(', ')}.`,
    { members: { status: item.status, possible: [...possible] } },
  )
}

/** What the holders of a role do with work that nobody has. */
const doing: ReadonlySet<WorkAct> = new Set(['claim', 'release', 'complete', 'approve', 'reject'])

export function taken(item: Pick<WorkItemRow, 'status'>): TesseraError {
  return new TesseraError('conflict', 'This work has been taken already.', {
    members: { status: item.status },
  })
}

/** The item, for somebody who may see it: who has a part in it, or may read its record. */
export async function seenItem(unit: UnitOfWork, id: string): Promise<WorkItemRow> {
  const item = await readItem(unit, id)
  if (await isSeen(unit, item)) return item
  throw notFound('work item', id)
}

/** The item, where it is work on an object to which the key reaches that is used. */
export async function readItem(unit: UnitOfWork, id: string): Promise<WorkItemRow> {
  const item = isRecordId(id) ? await selectItem(unit, id) : undefined
  const { model, principal } = unit
  if (item !== undefined && isInScope(model, principal.scopes, { object: item.object, action: 'read' }))
    return item
  throw notFound('work item', id)
}

async function selectItem(unit: UnitOfWork, id: string): Promise<WorkItemRow | undefined> {
  const { userId = null, name } = unit.principal
  const [alone] = (await unit.sql.unsafe(`${aloneItemSelect} where w.id = $2::uuid`, [userId, id], {
    prepare: true,
  })) as unknown as (WorkItemRow & { readonly is_alone: boolean })[]
  if (alone === undefined) return undefined
  if (alone.is_alone) return { ...alone, assignee_name: alone.assignee === null ? null : name }
  const [row] = (await unit.sql.unsafe(`${workItemSelect} where w.id = $3::uuid`, [...askedBy(unit), id], {
    prepare: true,
  })) as unknown as WorkItemRow[]
  return row
}

async function isSeen(unit: UnitOfWork, item: WorkItemRow): Promise<boolean> {
  const isAsker = item.form.requested_by === unit.principal.userId || item.added_by === unit.principal.userId
  if (isInvolved(unit, item) || isCandidate(unit, item)) return true
  try {
    await getRecord(unit, { object: item.object, id: item.record, fields: ['id'], hasLines: false })
    return true
  } catch (error) {
    if (error instanceof TesseraError) return isAsker
    throw error
  }
}
