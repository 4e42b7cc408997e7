import type { UnitOfWork } from '../unit-of-work.ts'
import { attachmentRights, lockForAttaching, type AttachmentRights, type RecordPlace } from './access.ts'
import {
  attachmentAt,
  attachmentsAt,
  presentAttachment,
  type AttachingRefusal,
  type Attachment,
  type AttachmentRow,
  type Attachments,
} from './attachment.ts'
import {
  bringBack,
  checkRoom,
  mostAttachments,
  noteAttachment,
  storeFile,
  takeAway,
  type NewFile,
} from './store.ts'

/**
 * The files at a record and at the work on it, for who may read the record.
 * @throws TesseraError not_found
 */
export async function listAttachments(unit: UnitOfWork, place: RecordPlace): Promise<Attachments> {
  const rights = await attachmentRights(unit, place)
  const rows = await attachmentsAt(unit, place)
  const refusal = refusalOf(rights, mostAttachments - rows.length)
  return {
    attachments: rows.map((row) => presentAttachment(row, mayRemove(unit, row, rights))),
    can_attach: refusal === undefined,
    refusal: refusal ?? null,
  }
}

/**
 * One of the files at a record, for who may read the record; readContent gives its bytes.
 * @throws TesseraError not_found
 */
export async function findAttachment(
  unit: UnitOfWork,
  { id, ...place }: RecordPlace & { id: string },
): Promise<AttachmentRow> {
  await attachmentRights(unit, place)
  return attachmentAt(unit, { id, place })
}

/**
 * Whether the person may attach a file to the record now; asked before its bytes are taken in.
 * @throws TesseraError not_found, forbidden, validation where a state closes the record or it has no room
 */
export async function checkAttaching(unit: UnitOfWork, place: RecordPlace): Promise<void> {
  await lockForAttaching(unit, place)
  await checkRoom(unit, place, 1)
}

/**
 * Attaches a file to a record that the person may change.
 * @throws TesseraError not_found, forbidden, validation
 */
export async function attachFile(
  unit: UnitOfWork,
  { file, ...place }: RecordPlace & { file: NewFile },
): Promise<Attachment> {
  const row = await storeFile(unit, { ...place, file })
  const record = await lockForAttaching(unit, place)
  await checkRoom(unit, place)
  await noteAttachment(unit, { record, act: 'attach', row })
  return presentAttachment(row, true)
}

/**
 * Takes a file away: who attached it, and who may change the record.
 * @throws TesseraError not_found, forbidden, validation where a state closes the record
 */
export async function removeAttachment(
  unit: UnitOfWork,
  { id, ...place }: RecordPlace & { id: string },
): Promise<void> {
  const row = await findAttachment(unit, { id, ...place })
  const record = await lockForAttaching(unit, { ...place, isOwn: isOwn(unit, row) })
  await takeAway(unit, row)
  await noteAttachment(unit, { record, act: 'detach', row })
}

/**
 * Brings a file back that was taken away, for the same people.
 * @throws TesseraError not_found, also where it was discarded; forbidden, validation
 */
export async function restoreAttachment(
  unit: UnitOfWork,
  { id, ...place }: RecordPlace & { id: string },
): Promise<Attachment> {
  await attachmentRights(unit, place)
  const row = await attachmentAt(unit, { id, place, isRemoved: true })
  const record = await lockForAttaching(unit, { ...place, isOwn: isOwn(unit, row) })
  await bringBack(unit, row)
  await checkRoom(unit, place)
  await noteAttachment(unit, { record, act: 'reattach', row })
  return presentAttachment(row, true)
}

/** Why nothing can be attached to the record; undefined where something can. */
export function refusalOf(rights: AttachmentRights, room: number): AttachingRefusal | undefined {
  if (!rights.mayUpdate) return 'forbidden'
  if (rights.isClosed) return 'locked'
  return room <= 0 ? 'full' : undefined
}

/** Who attached it, and who may change the record, unless a state closes the record to them. */
export function mayRemove(
  unit: UnitOfWork,
  row: AttachmentRow,
  { mayUpdate, isClosed }: AttachmentRights,
): boolean {
  return !isClosed && (mayUpdate || isOwn(unit, row))
}

export function isOwn({ principal }: UnitOfWork, { by }: AttachmentRow): boolean {
  return by !== null && by === principal.userId
}
