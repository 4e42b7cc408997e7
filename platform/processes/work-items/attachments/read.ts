import {
  attachmentsAt,
  presentAttachment,
  type AttachingRefusal,
  type AttachmentRow,
  type Attachments,
} from '../../../records/attachments/attachment.ts'
import { isOwn, mayRemove, refusalOf } from '../../../records/attachments/of-record.ts'
import { roomLeft } from '../../../records/attachments/store.ts'
import type { UnitOfWork } from '../../../records/unit-of-work.ts'
import { seenItem } from '../find.ts'
import { attachmentOf, isHolder, isOver, placeOf, rightsToRecord } from './access.ts'

/**
 * The files at a work item and at the parts that were added to it, for who may see it.
 * @throws TesseraError not_found
 */
export async function listWorkAttachments(unit: UnitOfWork, id: string): Promise<Attachments> {
  const item = await seenItem(unit, id)
  const [rows, rights, room] = await Promise.all([
    placeOf(unit, item).then((place) => attachmentsAt(unit, place)),
    rightsToRecord(unit, item),
    roomLeft(unit, item),
  ])
  const holds = isHolder(unit, item)
  const refusal = ((): AttachingRefusal | undefined => {
    if (isOver(item)) return 'done'
    return refusalOf(holds ? { mayUpdate: true, isClosed: false } : rights, room)
  })()
  return {
    attachments: rows.map((row) =>
      presentAttachment(row, (holds && isOwn(unit, row)) || mayRemove(unit, row, rights)),
    ),
    can_attach: refusal === undefined,
    refusal: refusal ?? null,
  }
}

/**
 * One of the files at a work item, for who may see it; readContent gives its bytes.
 * @throws TesseraError not_found
 */
export async function findWorkAttachment(
  unit: UnitOfWork,
  { item, id }: { item: string; id: string },
): Promise<AttachmentRow> {
  return attachmentOf(unit, { item: await seenItem(unit, item), id })
}
