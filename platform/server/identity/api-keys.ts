import { createHash, randomBytes } from 'node:crypto'
import { v7 as uuidv7 } from 'uuid'
import { TesseraError } from '../../access/errors.ts'
import type { Scopes } from '../../access/scopes.ts'
import type { Database, Queryable } from '../../database/index.ts'

/** A key as it is listed; the key itself is shown once, when it is made. */
export interface ListedKey {
  readonly id: string
  readonly name: string
  readonly prefix: string
  readonly scopes: Scopes
  readonly expires_at: string | null
  readonly last_used_at: string | null
  /** The network address that used it last. */
  readonly last_used_from: string | null
  readonly created_at: string
}

export interface FoundKey {
  readonly id: string
  readonly tenant: string
  readonly tenantLabel: string
  readonly member: string
  readonly scopes: Scopes
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
    scopes: Scopes
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
  return {
    id,
    name,
    prefix,
    scopes,
    expires_at: expiresAt,
    last_used_at: null,
    last_used_from: null,
    created_at,
    key,
  }
}

export async function listKeys(
  { platform: sql }: Database,
  owner: { tenant: string; member: string },
): Promise<readonly ListedKey[]> {
  return sql<ListedKey[]>`
    select id, name, prefix, scopes, expires_at, last_used_at, last_used_from, created_at from platform.api_key
    where tenant = ${owner.tenant} and member = ${owner.member} and revoked_at is null order by created_at desc`
}

export interface OwnedKey extends ListedKey {
  readonly member: string
}

const pageSize = 50

/** The keys of all people of a tenant, the newest first, a page at a time. */
export async function listKeysOfAll(
  { platform: sql }: Database,
  { tenant, after }: { tenant: string; after: string | undefined },
): Promise<{ keys: readonly OwnedKey[]; next: string | null }> {
  const rows = await sql<OwnedKey[]>`
    select id, member, name, prefix, scopes, expires_at, last_used_at, last_used_from, created_at
    from platform.api_key where tenant = ${tenant} and revoked_at is null
      ${after === undefined ? sql`` : sql`and id < ${after}`}
    order by id desc limit ${pageSize + 1}`
  const keys = rows.slice(0, pageSize)
  return { keys, next: rows.length > pageSize ? (keys.at(-1)?.id ?? null) : null }
}

/**
 * Gives whether there was such a key, of the member where one is named. It stays in the table, so that old traces can still be told
 * apart.
 */
export async function revokeKey(
  sql: Queryable,
  key: { tenant: string; member?: string; id: string; now: Date },
): Promise<boolean> {
  const rows = await sql`
    update platform.api_key set revoked_at = ${key.now.toISOString()}
    where id = ${key.id} and tenant = ${key.tenant} and revoked_at is null
      ${key.member === undefined ? sql`` : sql`and member = ${key.member}`} returning id`
  return rows.length > 0
}

/** Whether the text may be a key; what is longer is not even looked for, nor remembered. */
export function isKey(text: string): boolean {
  return text.startsWith(beginning) && text.length <= longestKey
}

/** Finds the key that is used and notes when and from where, at most once a minute for an address. */
export async function findKey(
  { platform: sql }: Database,
  { key, now, address }: { key: string; now: Date; address: string | undefined },
): Promise<FoundKey | undefined> {
  const [found] = await sql<(FoundKey & { isNoted: boolean })[]>`
    select k.id, k.tenant, t.label as "tenantLabel", k.member, k.scopes, k.expires_at as "expiresAt",
      coalesce(k.last_used_at > ${now.toISOString()}::timestamptz - interval '1 minute'
        and k.last_used_from is not distinct from ${address ?? null}, false) as "isNoted"
    from platform.api_key k join platform.tenant t on t.name = k.tenant
    where k.hash = ${hashOf(key)} and k.revoked_at is null`
  if (found === undefined) return undefined
  if (!found.isNoted)
    await sql`
      update platform.api_key set last_used_at = ${now.toISOString()}, last_used_from = ${address ?? null}
      where id = ${found.id}`
  return found
}

function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('hex')
}
