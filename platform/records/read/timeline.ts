import { TesseraError } from '../../access/errors.ts'
import type { UnitOfWork } from '../unit-of-work.ts'
import { changesAsSeen, type Changes } from './changes-as-seen.ts'
import { getRecord } from './get.ts'
import { linesInHistory, type LinesOfEntry } from './lines-in-history.ts'
import { readableObject } from './selection.ts'

export interface TimelineEntry {
  readonly id: number
  readonly at: string
  readonly by: { readonly id: string; readonly name: string | null } | null
  /** create, update, delete, restore, step, note */
  readonly action: string
  readonly version: number
  readonly changes: Changes
  /** What became of the rows of lines fields. */
  readonly lines: LinesOfEntry
  readonly cause: Readonly<Record<string, unknown>> | null
}

const pageSize = 50

/**
 * What happened to a record, newest first: only for a record that may be seen, and only in fields that may be seen.
 */
export async function recordTimeline(
  unit: UnitOfWork,
  request: { object: string; id: string; after?: string },
): Promise<{ entries: readonly TimelineEntry[]; next: string | null }> {
  const object = readableObject({ ...unit, object: request.object })
  await getRecord(unit, { object: object.name, id: request.id, fields: ['id'], hasLines: false })
  const before = request.after === undefined ? Number.MAX_SAFE_INTEGER : Number(request.after)
  if (!Number.isSafeInteger(before)) throw new TesseraError('bad_request', 'The cursor `after` is damaged.')
  const rows = (await unit.sql.unsafe(
    `select c.id, c.at, c.by, u.name as by_name, c.action, c.version, c.changes, c.cause
     from _change c left join "user" u on u.id = c.by
     where c.object = $1::text and c.record = $2::uuid and c.id < $3::bigint
     order by c.id desc limit ${pageSize + 1}`,
    [object.name, request.id, before],
    { prepare: true },
  )) as unknown as Row[]
  if (rows.length === 0 && request.after === undefined && !object.hasHistory)
    return { entries: [], next: null }
  const page = rows.slice(0, pageSize)
  const history = page.map(({ changes }) => changes ?? {})
  const [changes, lines] = await Promise.all([
    changesAsSeen(unit, object, history),
    linesInHistory(unit, object, history),
  ])
  const entries = page.map((row, at) => ({
    id: row.id,
    at: row.at,
    by: row.by === null ? null : { id: row.by, name: row.by_name },
    action: row.action,
    version: row.version,
    changes: changes[at] ?? {},
    lines: lines[at] ?? {},
    cause: row.cause,
  }))
  const last = rows.length > pageSize ? entries.at(-1) : undefined
  return { entries, next: last === undefined ? null : String(last.id) }
}

interface Row {
  readonly id: number
  readonly at: string
  readonly by: string | null
  readonly by_name: string | null
  readonly action: string
  readonly version: number
  readonly changes: Readonly<Record<string, unknown>> | null
  readonly cause: Record<string, unknown> | null
}
