import type { LockedRecord } from '../../../records/attachments/access.ts'
import {
  presentAttachment,
  type Attachment,
  type AttachmentRow,
} from '../../../records/attachments/attachment.ts'
import { isOwn } from '../../../records/attachments/of-record.ts'
import {
  bringBack,
  checkRoom,
  noteAttachment,
  storeFile,
  takeAway,
  type NewFile,
} from '../../../records/attachments/store.ts'
import type { UnitOfWork } from '../../../records/unit-of-work.ts'
import { logAct } from '../change.ts'
import { seenItem } from '../find.ts'
import type { WorkItemRow } from '../work-item.ts'
import { attachmentOf, lockForWork } from './access.ts'

/**
 * Whether the person may attach a file to the work now; asked before its bytes are taken in.
 * @throws TesseraError not_found, forbidden, conflict where the work is done, validation where a state closes the record
 * to who does not have the work, or it has no room
 */
export async function checkAttachingToWork(unit: UnitOfWork, id: string): Promise<void> {
  const { item } = await lockForWork(unit, { id, file: 'new' })
  await checkRoom(unit, item, 1)
}

/**
 * Attaches a file to work: who has it, and who may change its record.
 * @throws TesseraError as checkAttachingToWork, and validation at `file_name`
 */
export async function attachToWork(
  unit: UnitOfWork,
  { id, file }: { id: string; file: NewFile },
): Promise<Attachment> {
  const { object, record: recordId } = await seenItem(unit, id)
  const row = await storeFile(unit, { object, record: recordId, workItem: id, file })
  const { item, record } = await lockForWork(unit, { id, file: 'new' })
  await checkRoom(unit, item)
  await note(unit, { act: 'attach', item, record, row })
  return presentAttachment(row, true)
}

/**
 * Takes a file away from the work: who attached it and has the work, and who may take it away from the record.
 * @throws TesseraError not_found, forbidden, validation where a state closes the record
 */
export async function detachFromWork(
  unit: UnitOfWork,
  { item: itemId, id }: { item: string; id: string },
): Promise<void> {
  const row = await attachmentOf(unit, { item: await seenItem(unit, itemId), id })
  const { item, record } = await lockForWork(unit, {
    id: itemId,
    file: isOwn(unit, row) ? 'own' : 'of_others',
  })
  await takeAway(unit, row)
  await note(unit, { act: 'detach', item, record, row })
}

/**
 * Brings a file back that was taken away from the work, for the same people.
 * @throws TesseraError not_found, also where it was discarded; forbidden, validation
 */
export async function reattachToWork(
  unit: UnitOfWork,
  { item: itemId, id }: { item: string; id: string },
): Promise<Attachment> {
  const row = await attachmentOf(unit, { item: await seenItem(unit, itemId), id, isRemoved: true })
  const { item, record } = await lockForWork(unit, {
    id: itemId,
    file: isOwn(unit, row) ? 'own' : 'of_others',
  })
  await bringBack(unit, row)
  await checkRoom(unit, item)
  await note(unit, { act: 'reattach', item, record, row })
  return presentAttachment(row, true)
}

/** In the log of the work and in the timeline of its record. */
async function note(
  unit: UnitOfWork,
  {
    act,
    item,
    record,
    row,
  }: {
    act: 'attach' | 'detach' | 'reattach'
    item: WorkItemRow
    record: LockedRecord
    row: AttachmentRow
  },
): Promise<void> {
  await logAct(unit, item, { act, detail: { attachment: row.id, file_name: row.file_name } })
  await noteAttachment(unit, { record, act, row })
}
