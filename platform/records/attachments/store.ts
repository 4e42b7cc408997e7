import { v7 as uuidv7 } from 'uuid'
import { invalid, notFound } from '../../access/errors.ts'
import { enqueue, removeJob } from '../../database/jobs.ts'
import { isRecordId } from '../read/get.ts'
import type { UnitOfWork } from '../unit-of-work.ts'
import type { LockedRecord, RecordPlace } from './access.ts'
import type { AttachmentRow } from './attachment.ts'
import { writeContent, type FileContent } from './content.ts'
import { checkFileName } from './file-name.ts'

/** The most attachments of one record, those of the work on it included. */
export const mostAttachments = 100

/** How long what was taken away can be brought back; then the worker removes it. */
export const removedKeptDays = 30

export interface NewFile {
  readonly fileName: string
  /** Such as `image/png`, in lower case. */
  readonly mediaType: string
  readonly content: FileContent
}

/**
 * Writes a file, its row and its bytes. Whether it may be there is asked after: the record is locked for the least time.
 * @throws TesseraError validation at `file_name`
 */
export async function storeFile(
  unit: UnitOfWork,
  { object, record, workItem, file }: RecordPlace & { workItem?: string; file: NewFile },
): Promise<AttachmentRow> {
  checkFileName(file.fileName)
  if (!isRecordId(record)) throw notFound(object, record)
  const { size, sha256 } = file.content
  const row: AttachmentRow = {
    ...{ id: uuidv7(), object, record, size, sha256, removed_at: null },
    work_item: workItem ?? null,
    file_name: file.fileName,
    media_type: file.mediaType,
    by: unit.principal.userId ?? null,
    by_name: unit.principal.name,
    at: unit.moment.now.toISOString(),
  }
  await unit.sql.unsafe(
    `insert into _attachment (id, object, record, work_item, file_name, media_type, size, sha256, by, at)
     values ($1::uuid, $2::text, $3::uuid, $4::uuid, $5::text, $6::text, $7::bigint, $8::text, $9::uuid, $10::timestamptz)`,
    [row.id, object, record, row.work_item, row.file_name, row.media_type, size, sha256, row.by, row.at],
    { prepare: true },
  )
  await writeContent(unit, { attachment: row.id, content: file.content })
  return row
}

/** How many more attachments a record can have; less than nothing where it has too many. */
export async function roomLeft({ sql }: UnitOfWork, { object, record }: RecordPlace): Promise<number> {
  const [row] = (await sql.unsafe(
    `select count(*)::int as count from _attachment where object = $1::text and record = $2::uuid and removed_at is null`,
    [object, record],
    { prepare: true },
  )) as unknown as { count: number }[]
  return mostAttachments - (row?.count ?? 0)
}

/**
 * Sees to it that a record whose row is locked has no more attachments than it may have.
 * @param more how many are to come
 * @throws TesseraError validation
 */
export async function checkRoom(unit: UnitOfWork, place: RecordPlace, more = 0): Promise<void> {
  if ((await roomLeft(unit, place)) >= more) return
  throw invalid([
    {
      code: 'too_many',
      message: `A record can have ${mostAttachments} attachments, those of the work on it included; remove one first.`,
    },
  ])
}

/** Takes an attachment away; until it is discarded it can be brought back. */
export async function takeAway(unit: UnitOfWork, { id }: AttachmentRow): Promise<void> {
  const now = unit.moment.now
  const rows = await unit.sql.unsafe(
    `update _attachment set removed_at = $2::timestamptz, removed_by = $3::uuid where id = $1::uuid and removed_at is null returning id`,
    [id, now.toISOString(), unit.principal.userId ?? null],
    { prepare: true },
  )
  if (rows.length === 0) throw notFound('attachment', id)
  await enqueue(unit.sql, {
    task: 'attachment',
    payload: { attachment: id },
    runAt: new Date(now.getTime() + removedKeptDays * dayMs),
    jobKey: jobKey(id),
  })
}

export async function bringBack(unit: UnitOfWork, { id }: AttachmentRow): Promise<void> {
  const rows = await unit.sql.unsafe(
    `update _attachment set removed_at = null, removed_by = null where id = $1::uuid and removed_at is not null returning id`,
    [id],
    { prepare: true },
  )
  if (rows.length === 0) throw notFound('attachment', id)
  await removeJob(unit.sql, jobKey(id))
}

/** Removes what was taken away long ago for good, with its bytes. */
export async function discardAttachment({ sql, moment }: UnitOfWork, id: string): Promise<void> {
  const before = new Date(moment.now.getTime() - removedKeptDays * dayMs)
  await sql.unsafe('delete from _attachment where id = $1::uuid and removed_at <= $2::timestamptz', [
    id,
    before.toISOString(),
  ])
}

/** Writes into the timeline of the record what was done with a file. */
export async function noteAttachment(
  unit: UnitOfWork,
  { record, act, row }: { record: LockedRecord; act: 'attach' | 'detach' | 'reattach'; row: AttachmentRow },
): Promise<void> {
  await unit.sql.unsafe(
    `insert into _change (object, record, version, at, by, action, changes, cause)
     values ($1::text, $2::uuid, $3::int, $4::timestamptz, $5::uuid, 'note', '{}', $6::jsonb)`,
    [
      record.object.name,
      row.record,
      Number(record.before.version),
      unit.moment.now.toISOString(),
      unit.principal.userId ?? null,
      { ...unit.cause, attachment: { act, id: row.id, file_name: row.file_name } } as never,
    ],
    { prepare: true },
  )
}

const dayMs = 86_400_000
const jobKey = (id: string) => `attachment ${id}`
