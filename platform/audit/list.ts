import { TesseraError } from '../access/errors.ts'
import type { EffectiveRights } from '../access/rights.ts'
import type { Queryable } from '../database/sql.ts'
import { sealedSelection } from './columns.ts'
import type { SealedRow } from './seal.ts'

export interface AuditFilter {
  /** Not before this moment, and before that one; ISO 8601. */
  readonly from?: string
  readonly to?: string
  /** Who acted, or in whose place somebody acted. */
  readonly person?: string
  /** An action, or the first part of several: `key` finds `key.created` and `key.revoked`. */
  readonly action?: string
  readonly object?: string
  readonly record?: string
}

export interface ListedEntry {
  readonly number: number
  readonly id: string
  readonly at: string
  readonly actor: { readonly kind: string; readonly id: string | null; readonly name: string }
  readonly key: string | null
  readonly impersonator: { readonly id: string; readonly name: string | null } | null
  readonly action: string
  readonly subject: { readonly object: string; readonly record: string | null } | null
  readonly detail: Readonly<Record<string, unknown>>
  readonly address: string | null
  readonly hash: string
}

interface Reading {
  readonly sql: Queryable
  readonly rights: Pick<EffectiveRights, 'features'>
}

const defaultLimit = 50

/** @throws TesseraError forbidden without the feature "audit" */
export function needAuditor({ rights }: Pick<Reading, 'rights'>): void {
  if (!rights.features.has('audit'))
    throw new TesseraError('forbidden', 'None of your roles has the feature "audit".')
}

/** Entries of the audit log, newest first, in pages. @throws TesseraError forbidden, bad_request */
export async function listAudit(
  unit: Reading,
  { after, limit = defaultLimit, ...filter }: AuditFilter & { after?: string; limit?: number },
): Promise<{ items: readonly ListedEntry[]; next: string | null }> {
  needAuditor(unit)
  const before = after === undefined ? Number.MAX_SAFE_INTEGER : Number(after)
  if (!Number.isSafeInteger(before)) throw new TesseraError('bad_request', 'The cursor `after` is damaged.')
  const items = await readEntries(unit.sql, { filter, before, limit: limit + 1 })
  const page = items.slice(0, limit)
  return { items: page, next: items.length > limit ? String(page.at(-1)?.number) : null }
}

/** Entries with a lower number than `before`, the highest first. */
export async function readEntries(
  sql: Queryable,
  { filter, before, limit }: { filter: AuditFilter; before: number; limit: number },
): Promise<readonly ListedEntry[]> {
  const { from, to, person, action, object, record } = filter
  const rows = (await sql.unsafe(
    `select ${sealedSelection}, a.hash from _audit a
     where a.number < $1::bigint and ($2::timestamptz is null or a.at >= $2) and ($3::timestamptz is null or a.at < $3)
       and ($4::uuid is null or a.actor = $4 or a.impersonator = $4)
       and ($5::text is null or a.action = $5 or starts_with(a.action, $5 || '.'))
       and ($6::text is null or a.object = $6) and ($7::uuid is null or a.record = $7)
     order by a.number desc limit ${limit}`,
    [before, ...[from, to, person, action, object, record].map((each) => each ?? null)] as never[],
    { prepare: true },
  )) as unknown as (SealedRow & { hash: string })[]
  return rows.map(presentEntry)
}

function presentEntry(row: SealedRow & { hash: string }): ListedEntry {
  const { number, id, at, key, action, address, hash } = row
  return {
    number: Number(number),
    id,
    at,
    actor: { kind: row.actor_kind, id: row.actor, name: row.actor_name },
    key,
    impersonator: row.impersonator === null ? null : { id: row.impersonator, name: row.impersonator_name },
    action,
    subject: row.object === null ? null : { object: row.object, record: row.record },
    detail: JSON.parse(row.detail) as Record<string, unknown>,
    address,
    hash,
  }
}
