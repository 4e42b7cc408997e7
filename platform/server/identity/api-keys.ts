import { createHash, randomBytes } from 'node:crypto'
import { v7 as uuidv7 } from 'uuid'
import { TesseraError } from '../../access/errors.ts'
import type { Database, Queryable } from '../../database/index.ts'

export type Scope = 'read' | 'write'

/** A key as it is listed; the key itself is shown once, when it is made. */
export interface ListedKey {
  readonly id: string
  readonly name: string
  readonly prefix: string
  readonly scopes: readonly Scope[]
  readonly expires_at: string | null
  readonly last_used_at: string | null
  readonly created_at: string
}

export interface FoundKey {
  readonly id: string
  readonly tenant: string
  readonly tenantLabel: string
  readonly member: string
  readonly scopes: readonly Scope[]
  readonly expiresAt: string | null
}

const beginning = 'tsk_'
const longestKey = 64
const mostKeys = 50

/** Makes a key for a person. Only its SHA-256 is kept: 256 random bits need no slow hash. */
export async function createKey(
  sql: Queryable,
  options: {
    tenant: string
    member: string
    name: string
    scopes: readonly Scope[]
    expiresAt: string | null
    now: Date
  },
): Promise<ListedKey & { readonly key: string }> {
  const { tenant, member, name, scopes, expiresAt, now } = options
  const [count] = await sql<{ count: number }[]>`
    select count(*)::int as count from platform.api_key
    where tenant = ${tenant} and member = ${member} and revoked_at is null`
  if ((count?.count ?? 0) >= mostKeys)
    throw new TesseraError('conflict', `You have ${mostKeys} keys already; revoke one that is not used.`)
  const key = beginning + randomBytes(32).toString('base64url')
  const row = {
    id: uuidv7(),
    tenant,
    member,
    name,
    prefix: key.slice(0, beginning.length + 6),
    hash: hashOf(key),
    scopes: [...scopes],
    expires_at: expiresAt,
    created_at: now.toISOString(),
  }
  await sql`insert into platform.api_key ${sql(row)}`
  const { id, prefix, created_at } = row
  return { id, name, prefix, scopes, expires_at: expiresAt, last_used_at: null, created_at, key }
}

export async function listKeys(
  { platform: sql }: Database,
  owner: { tenant: string; member: string },
): Promise<readonly ListedKey[]> {
  return sql<ListedKey[]>`
    select id, name, prefix, scopes, expires_at, last_used_at, created_at from platform.api_key
    where tenant = ${owner.tenant} and member = ${owner.member} and revoked_at is null order by created_at desc`
}

/** Gives whether there was such a key. It stays in the table, so that old traces can still be told apart. */
export async function revokeKey(
  sql: Queryable,
  key: { tenant: string; member: string; id: string; now: Date },
): Promise<boolean> {
  const rows = await sql`
    update platform.api_key set revoked_at = ${key.now.toISOString()}
    where id = ${key.id} and tenant = ${key.tenant} and member = ${key.member} and revoked_at is null returning id`
  return rows.length > 0
}

/** Whether the text may be a key; what is longer is not even looked for, nor remembered. */
export function isKey(text: string): boolean {
  return text.startsWith(beginning) && text.length <= longestKey
}

/** Finds the key that is used and notes its use, at most once a minute. */
export async function findKey(
  { platform: sql }: Database,
  { key, now }: { key: string; now: Date },
): Promise<FoundKey | undefined> {
  const [found] = await sql<(FoundKey & { isNoted: boolean })[]>`
    select k.id, k.tenant, t.label as "tenantLabel", k.member, k.scopes, k.expires_at as "expiresAt",
      coalesce(k.last_used_at > ${now.toISOString()}::timestamptz - interval '1 minute', false) as "isNoted"
    from platform.api_key k join platform.tenant t on t.name = k.tenant
    where k.hash = ${hashOf(key)} and k.revoked_at is null`
  if (found === undefined) return undefined
  if (!found.isNoted)
    await sql`update platform.api_key set last_used_at = ${now.toISOString()} where id = ${found.id}`
  return found
}

function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('hex')
}
