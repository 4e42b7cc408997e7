import { createHash } from 'node:crypto'

/** An entry as it is sealed: every value as text. See the function `_audit_seal` in the tenant's migrations. */
export interface SealedRow {
  readonly number: string
  readonly id: string
  /** ISO 8601 in UTC with milliseconds. */
  readonly at: string
  readonly actor_kind: string
  readonly actor: string | null
  readonly actor_name: string
  readonly key: string | null
  readonly impersonator: string | null
  readonly impersonator_name: string | null
  readonly action: string
  readonly object: string | null
  readonly record: string | null
  readonly detail: string
  readonly address: string | null
}

/** In this order the values are sealed. */
export const sealedColumns = [
  'number',
  'id',
  'at',
  'actor_kind',
  'actor',
  'actor_name',
  'key',
  'impersonator',
  'impersonator_name',
  'action',
  'object',
  'record',
  'detail',
  'address',
] as const satisfies readonly (keyof SealedRow)[]

/**
 * The seal of an entry: SHA-256 over the seal of the one before and its own values, each with its length in front so
 * that no two rows read the same.
 * @param previous seal of the entry before; empty for the first
 */
export function sealOf(previous: string, row: SealedRow): string {
  const parts = [previous, ...sealedColumns.map((column) => row[column])]
  const text = parts.map((part) => (part === null ? '-' : `${Buffer.byteLength(part)}:${part}`)).join(',')
  return createHash('sha256').update(text).digest('hex')
}
