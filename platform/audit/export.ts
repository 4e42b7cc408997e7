import type { Queryable } from '../database/sql.ts'
import { readEntries, type AuditFilter, type ListedEntry } from './list.ts'

export type AuditFormat = 'csv' | 'ndjson'

const pageSize = 500

const columns: readonly (readonly [string, (entry: ListedEntry) => string | number | null | undefined])[] = [
  ['number', ({ number }) => number],
  ['at', ({ at }) => at],
  ['actor_kind', ({ actor }) => actor.kind],
  ['actor', ({ actor }) => actor.id],
  ['actor_name', ({ actor }) => actor.name],
  ['key', ({ key }) => key],
  ['impersonator', ({ impersonator }) => impersonator?.id],
  ['impersonator_name', ({ impersonator }) => impersonator?.name],
  ['action', ({ action }) => action],
  ['object', ({ subject }) => subject?.object],
  ['record', ({ subject }) => subject?.record],
  ['detail', ({ detail }) => JSON.stringify(detail)],
  ['address', ({ address }) => address],
  ['id', ({ id }) => id],
  ['hash', ({ hash }) => hash],
]

/** The audit log as text in parts, newest first; each part is one page of the table. */
export async function* exportAudit(
  sql: Queryable,
  { format, filter }: { format: AuditFormat; filter: AuditFilter },
): AsyncGenerator<string> {
  const write = format === 'csv' ? csvLine : (entry: ListedEntry) => `${JSON.stringify(entry)}\n`
  if (format === 'csv') yield `${columns.map(([name]) => name).join(',')}\r\n`
  let before = Number.MAX_SAFE_INTEGER
  for (;;) {
    const entries = await readEntries(sql, { filter, before, limit: pageSize })
    if (entries.length > 0) yield entries.map(write).join('')
    if (entries.length < pageSize) return
    before = entries.at(-1)?.number ?? 0
  }
}

function csvLine(entry: ListedEntry): string {
  return `${columns.map(([, value]) => cell(value(entry))).join(',')}\r\n`
}

/** RFC 4180; what a spreadsheet would take for a formula gets an apostrophe (OWASP, CSV injection). */
function cell(value: string | number | null | undefined): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'number') return String(value)
  const text = /^[=+\-@\t\r＝＋－＠]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
