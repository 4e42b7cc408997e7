import { randomBytes } from 'node:crypto'
import { v7 as uuidv7 } from 'uuid'
import type { Database } from '../../database/index.ts'
import { hashPassword } from './passwords/password-hash.ts'
import { checkPassword, type PasswordOwner } from './passwords/password-policy.ts'

/** A row of a tenant's object `user`, as far as signing in is concerned. */
export interface AccountOwner {
  readonly tenant: string
  readonly member: string
  readonly email: string
  readonly name: string
}

/**
 * How an account came to belong to a person: `linked` (made, or known to this tenant already), or `elsewhere`: another
 * tenant of this server has an account with the same address, and only an operator may join the two, because whoever
 * administers one tenant must not reach another by typing an address.
 */
export type LinkOutcome =
  { readonly outcome: 'linked'; readonly account: string } | { readonly outcome: 'elsewhere' }

/** Makes or finds the account of a person and ties it to the tenant. `isOperator`: may join accounts of tenants. */
export async function linkAccount(
  { platform: sql }: Database,
  owner: AccountOwner,
  { isOperator = false }: { isOperator?: boolean } = {},
): Promise<LinkOutcome> {
  const email = owner.email.trim().toLowerCase()
  return sql.begin(async (transaction) => {
    const [linked] = await transaction<{ account: string }[]>`
      select user_id as account from platform.member where tenant = ${owner.tenant} and member = ${owner.member}`
    if (linked !== undefined) return { outcome: 'linked', account: linked.account } as const
    const now = new Date().toISOString()
    await transaction`
      insert into platform."user" (id, name, email, email_verified, created_at, updated_at)
      values (${uuidv7()}, ${owner.name}, ${email}, false, ${now}, ${now}) on conflict (email) do nothing`
    const [account] = await transaction<{ id: string; isTaken: boolean }[]>`
      select u.id, exists (select 1 from platform.member m where m.user_id = u.id) as "isTaken"
      from platform."user" u where u.email = ${email} for update`
    if (account === undefined)
      throw new Error(`The account ${email} was removed while it was linked; try again.`)
    if (account.isTaken && !isOperator) return { outcome: 'elsewhere' } as const
    await transaction`
      insert into platform.member (user_id, tenant, member) values (${account.id}, ${owner.tenant}, ${owner.member})
      on conflict (user_id, tenant) do update set member = excluded.member`
    return { outcome: 'linked', account: account.id } as const
  })
}

/**
 * Sets a password and ends all sessions of the account but the one that stays.
 * @throws TesseraError validation for a password that is easy to guess
 */
export async function setPassword(
  { platform: sql }: Database,
  {
    account,
    password,
    shortest,
    staying,
  }: {
    account: string
    password: string
    shortest?: number
    staying?: string | undefined
  },
): Promise<void> {
  const [owner] = await sql<PasswordOwner[]>`select email, name from platform."user" where id = ${account}`
  if (owner === undefined) throw new Error(`There is no account ${account} to set a password for.`)
  await checkPassword(password, { owner, ...(shortest === undefined ? {} : { shortest }) })
  const hash = await hashPassword(password)
  await sql.begin(async (transaction) => {
    await transaction`
      delete from platform.session where user_id = ${account} and id is distinct from ${staying ?? null}`
    await transaction`delete from platform.verification where value = ${account}`
    await transaction`
      insert into platform.account (id, account_id, provider_id, user_id, password, created_at, updated_at)
      values (${uuidv7()}, ${account}, 'credential', ${account}, ${hash}, now(), now())
      on conflict (provider_id, account_id) do update set password = excluded.password, updated_at = now()`
  })
}

/** Whether the account has a password, so that its owner has signed in or could. */
export async function hasPassword({ platform: sql }: Database, account: string): Promise<boolean> {
  const rows = await sql`
    select 1 from platform.account where user_id = ${account} and provider_id = 'credential' and password is not null`
  return rows.length > 0
}

/**
 * Follows a changed name or address, as long as the account belongs to this tenant alone. With another address it may be
 * another person's: providers that have vouched for the one before do so no longer.
 */
export async function followPerson({ platform: sql }: Database, owner: AccountOwner): Promise<void> {
  const email = owner.email.trim().toLowerCase()
  await sql`
    with before as (
      select u.id, u.email from platform.member m join platform."user" u on u.id = m.user_id
      where m.tenant = ${owner.tenant} and m.member = ${owner.member}
        and (u.name, u.email) is distinct from (${owner.name}, ${email})
        and not exists (select 1 from platform.member other where other.user_id = u.id and other.tenant <> m.tenant)
        and not exists (select 1 from platform."user" taken where taken.email = ${email} and taken.id <> u.id)
    ), unlinked as (
      delete from platform.account a using before
      where a.user_id = before.id and before.email <> ${email} and starts_with(a.provider_id, 'openid:')
    )
    update platform."user" u set name = ${owner.name}, email = ${email}, updated_at = now()
    from before where u.id = before.id`
}

const letters = 'abcdefghijkmnpqrstuvwxyz23456789'

/** A random password that can be read aloud: 4 groups of 4 of 32 signs, 80 bits. */
export function randomPassword(): string {
  const signs = [...randomBytes(16)].map((byte) => letters[byte % letters.length])
  return [0, 4, 8, 12].map((at) => signs.slice(at, at + 4).join('')).join('-')
}
