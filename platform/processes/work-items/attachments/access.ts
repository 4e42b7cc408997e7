import { TesseraError } from '../../../access/errors.ts'
import type { ObjectModel } from '../../../definitions/model/model.ts'
import {
  attachmentRights,
  lockForAttaching,
  type AttachmentRights,
  type LockedRecord,
} from '../../../records/attachments/access.ts'
import {
  attachmentAt,
  type AttachmentPlace,
  type AttachmentRow,
} from '../../../records/attachments/attachment.ts'
import { asConsequence, type UnitOfWork } from '../../../records/unit-of-work.ts'
import { lockPrior } from '../../../records/write/prior.ts'
import { seenItem } from '../find.ts'
import { actsOf } from '../rights.ts'
import type { WorkItemRow } from '../work-item.ts'

/** Whether the person may attach to the work because it is his: then the record is not asked, nor its state. */
export function isHolder(unit: UnitOfWork, item: WorkItemRow): boolean {
  return actsOf(unit, item).includes('attach')
}

export function isOver({ status }: WorkItemRow): boolean {
  return status === 'done' || status === 'cancelled'
}

/** The rights to the attachments of the record behind the work: none for who sees the work alone. */
export async function rightsToRecord(unit: UnitOfWork, item: WorkItemRow): Promise<AttachmentRights> {
  try {
    return await attachmentRights(unit, item)
  } catch (error) {
    if (isUnseen(error)) return { mayUpdate: false, isClosed: true }
    throw error
  }
}

/** Where the files of a work item are: with it, and with the parts that were added to it. */
export async function placeOf({ sql }: UnitOfWork, { id, parent }: WorkItemRow): Promise<AttachmentPlace> {
  const rows = (await sql.unsafe(
    'select id from _work_item where id = $1::uuid or parent = $1::uuid',
    [parent ?? id],
    { prepare: true },
  )) as unknown as { id: string }[]
  return { workItems: rows.map((row) => row.id) }
}

/** @throws TesseraError not_found */
export async function attachmentOf(
  unit: UnitOfWork,
  { item, id, isRemoved = false }: { item: WorkItemRow; id: string; isRemoved?: boolean },
): Promise<AttachmentRow> {
  return attachmentAt(unit, { id, place: await placeOf(unit, item), isRemoved })
}

/**
 * Locks the record behind the work for an act on the files of the work: by its holder, or by whom the record allows it.
 * The holder has no more to say about what others attached than the record allows him.
 * @throws TesseraError not_found, conflict for a new file where the work is done, forbidden, validation where a state closes
 * the record to who does not have the work
 */
export async function lockForWork(
  unit: UnitOfWork,
  { id, file }: { id: string; file: 'new' | 'own' | 'of_others' },
): Promise<{ item: WorkItemRow; record: LockedRecord }> {
  const { object: name, record: recordId } = await seenItem(unit, id)
  const object = unit.model.objects.get(name) as ObjectModel
  const before = await lockPrior(asConsequence(unit), { object, id: recordId, action: 'update' })
  // Who ends the work locks the record too: it is read again.
  const item = await seenItem(unit, id)
  if (file === 'new' && isOver(item))
    throw new TesseraError('conflict', 'This work has been done already.', {
      members: { status: item.status },
    })
  if (file !== 'of_others' && isHolder(unit, item)) return { item, record: { object, before } }
  try {
    const place = { object: name, record: recordId }
    return { item, record: await lockForAttaching(unit, { ...place, isOwn: file === 'own' }) }
  } catch (error) {
    if (!isUnseen(error)) throw error
    throw new TesseraError(
      'forbidden',
      'You may see this work and its files, but neither have it nor may see its record.',
    )
  }
}

function isUnseen(error: unknown): boolean {
  return error instanceof TesseraError && (error.code === 'not_found' || error.code === 'forbidden')
}
