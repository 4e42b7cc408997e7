import { notFound } from '../../access/errors.ts'
import { isRecordId } from '../read/get.ts'
import type { UnitOfWork } from '../unit-of-work.ts'

/** A file at a record, as people see it. */
export interface Attachment {
  readonly id: string
  readonly file_name: string
  readonly media_type: string
  /** Bytes. */
  readonly size: number
  readonly sha256: string
  readonly by: { readonly id: string; readonly name: string | null } | null
  readonly at: string
  /** The work on the record to which it was attached. */
  readonly work_item: string | null
  /** Whether the asking person may take it away. */
  readonly can_remove: boolean
}

/** Why nothing can be attached: no right, a state that closes the record, work that is done, or no room. */
export type AttachingRefusal = 'forbidden' | 'locked' | 'done' | 'full'

export interface Attachments {
  readonly attachments: readonly Attachment[]
  readonly can_attach: boolean
  readonly refusal: AttachingRefusal | null
}

export interface AttachmentRow {
  readonly id: string
  readonly object: string
  readonly record: string
  readonly work_item: string | null
  readonly file_name: string
  readonly media_type: string
  readonly size: number
  readonly sha256: string
  readonly by: string | null
  readonly by_name: string | null
  readonly at: string
  readonly removed_at: string | null
}

/** Where attachments are looked for: at a record and all work on it, or at some of that work. */
export type AttachmentPlace =
  { readonly object: string; readonly record: string } | { readonly workItems: readonly string[] }

/** The attachments of a place in the order in which they came. Nothing is asked about rights. */
export async function attachmentsAt(
  { sql }: UnitOfWork,
  place: AttachmentPlace,
): Promise<readonly AttachmentRow[]> {
  const { condition, values } = conditionOf(place)
  const text = `${select} where ${condition} and a.removed_at is null order by a.id`
  return (await sql.unsafe(text, values as never[], { prepare: true })) as unknown as AttachmentRow[]
}

/**
 * One attachment of a place.
 * @throws TesseraError not_found where there is none, or where it is (not) removed and should not (or should) be
 */
export async function attachmentAt(
  { sql }: UnitOfWork,
  { id, place, isRemoved = false }: { id: string; place: AttachmentPlace; isRemoved?: boolean },
): Promise<AttachmentRow> {
  if (!isRecordId(id)) throw notFound('attachment', id)
  const { condition, values } = conditionOf(place)
  const text =
    `${select} where ${condition} and a.id = $${values.length + 1}::uuid ` +
    `and a.removed_at is ${isRemoved ? 'not null' : 'null'}`
  const rows = (await sql.unsafe(text, [...values, id] as never[], {
    prepare: true,
  })) as unknown as AttachmentRow[]
  if (rows[0] === undefined) throw notFound('attachment', id)
  return rows[0]
}

/** @param mayRemove whether the person may take it away */
export function presentAttachment(row: AttachmentRow, mayRemove: boolean): Attachment {
  const { id, file_name, media_type, size, sha256, by, by_name: name, at, work_item } = row
  return {
    ...{ id, file_name, media_type, size, sha256, at, work_item },
    by: by === null ? null : { id: by, name },
    can_remove: mayRemove,
  }
}

const select =
  'select a.id, a.object, a.record, a.work_item, a.file_name, a.media_type, a.size, a.sha256, a.by, u.name as by_name, ' +
  'a.at, a.removed_at from _attachment a left join "user" u on u.id = a.by'

function conditionOf(place: AttachmentPlace): { condition: string; values: unknown[] } {
  if ('workItems' in place) return { condition: 'a.work_item = any($1::uuid[])', values: [place.workItems] }
  return {
    condition: 'a.object = $1::text and a.record = $2::uuid',
    values: [place.object, place.record],
  }
}
