import { v7 as uuidv7 } from 'uuid'
import type { Database, Queryable } from '../../../database/index.ts'

/** One person who acts for another in a session, as it was begun and not yet ended by anybody. */
export interface OpenImpersonation {
  readonly id: string
  readonly tenant: string
  readonly impersonator: string
  readonly member: string
  readonly reason: string
  readonly endsAt: Date
}

/** Of a session, in all tenants. */
export async function openImpersonations(
  { platform: sql }: Database,
  session: string,
): Promise<readonly OpenImpersonation[]> {
  const rows = await sql<(Omit<OpenImpersonation, 'endsAt'> & { endsAt: string })[]>`
    select id, tenant, impersonator, member, reason, ends_at as "endsAt" from platform.impersonation
    where session = ${session} and ended_at is null`
  return rows.map((row) => ({ ...row, endsAt: new Date(row.endsAt) }))
}

export async function beginImpersonation(
  sql: Queryable,
  begun: Omit<OpenImpersonation, 'id'> & { readonly session: string; readonly now: Date },
): Promise<string> {
  const id = uuidv7()
  const { session, tenant, impersonator, member, reason, endsAt, now } = begun
  await sql`
    insert into platform.impersonation (id, session, tenant, impersonator, member, reason, started_at, ends_at)
    values (${id}, ${session}, ${tenant}, ${impersonator}, ${member}, ${reason}, ${now.toISOString()},
      ${endsAt.toISOString()})`
  return id
}

/** Ends all of a session in a tenant, should two have begun at the same moment. Gives whether there was one. */
export async function endImpersonation(
  sql: Queryable,
  { session, tenant, now }: { session: string; tenant: string; now: Date },
): Promise<boolean> {
  const rows = await sql`
    update platform.impersonation set ended_at = ${now.toISOString()}
    where session = ${session} and tenant = ${tenant} and ended_at is null returning id`
  return rows.length > 0
}
