import { v7 as uuidv7 } from 'uuid'
import type { Principal } from '../access/principal.ts'
import { identifier } from '../database/identifier.ts'
import type { Queryable } from '../database/sql.ts'
import type { AuditAction } from './actions.ts'
import type { Origin } from './origin.ts'

export interface AuditEntry {
  readonly action: AuditAction
  /** What it was done to, where that is a record or a person (object `user`). */
  readonly subject?: { readonly object: string; readonly record?: string }
  /** What else is to be known. No secret, and no value of a personal field: nobody can take them out again. */
  readonly detail?: Readonly<Record<string, unknown>>
}

/** The part of a unit of work that the log needs. */
export interface AuditedWork {
  readonly sql: Queryable
  readonly principal: Pick<Principal, 'kind' | 'userId' | 'name'>
  readonly moment: { readonly now: Date }
  readonly origin?: Origin | undefined
}

/**
 * Writes an entry into the audit log of the tenant, in the transaction of what it tells of. The database gives it its
 * number and its seal when the transaction commits.
 * @param schema of the tenant, where the transaction is not that of the tenant's own role
 */
export async function audit(
  { sql, principal, moment, origin = {} }: AuditedWork,
  { action, subject, detail = {} }: AuditEntry,
  { schema }: { schema?: string } = {},
): Promise<void> {
  const table = schema === undefined ? '_audit' : `${identifier(schema)}._audit`
  await sql.unsafe(
    `insert into ${table} (id, at, actor_kind, actor, actor_name, key, impersonator, impersonator_name, action,
       object, record, detail, address)
     values ($1::uuid, $2::timestamptz, $3, $4::uuid, $5, $6::uuid, $7::uuid, $8, $9, $10, $11::uuid, $12::jsonb, $13)`,
    [
      uuidv7(),
      moment.now.toISOString(),
      principal.kind,
      principal.userId ?? null,
      principal.name,
      origin.key ?? null,
      origin.impersonator?.id ?? null,
      origin.impersonator?.name ?? null,
      action,
      subject?.object ?? null,
      subject?.record ?? null,
      detail as never,
      origin.address ?? null,
    ],
    { prepare: true },
  )
}
