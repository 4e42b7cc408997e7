import { createHash } from 'node:crypto'
import type { Database } from '../../database/index.ts'
import { createAttemptLimits, type Limited } from './attempt-limits.ts'

/**
 * How many failures in a row pause nothing: for one address and account, for one account from anywhere, for one address
 * with any account, and for codes of the second factor. After them each failure doubles the pause, up to the longest.
 */
const limits = {
  pair: { free: 5, longestMinutes: 12 * 60 },
  account: { free: 25, longestMinutes: 60 },
  // Many people may share a place: what they mistype in a week is no attack.
  address: { free: 100, longestMinutes: 60, drainMinutes: 5 },
  code: { free: 5, longestMinutes: 12 * 60 },
} as const

/** Where somebody has signed in lately, his account is not closed by what others try elsewhere. */
const knownDays = 30

export interface Attempt {
  readonly email: string
  readonly address: string
}

export interface SignInLimits {
  /**
   * Counts the attempt as a failure until `succeeded` takes that back, so that attempts at the same time are counted too.
   * @throws TesseraError rate_limited after too many failures
   */
  begin(attempt: Attempt): Promise<void>
  succeeded(attempt: Attempt): Promise<void>
  /** The same for a code of the second factor of an account. */
  beginCode(account: string): Promise<void>
  codeSucceeded(account: string): Promise<void>
}

export function createSignInLimits(database: Database, clock: () => Date): SignInLimits {
  const attempts = createAttemptLimits(database, clock)

  async function isKnown({ email, address }: Attempt): Promise<boolean> {
    const since = new Date(clock().getTime() - knownDays * 86_400_000).toISOString()
    const rows = await database.platform`
      select 1 from platform.sign_in_attempt
      where email = ${email} and ip_address = ${address} and succeeded and at > ${since} limit 1`
    return rows.length > 0
  }

  async function limitedBy(attempt: Attempt): Promise<readonly Limited[]> {
    const { pair, account, address } = keysOf(attempt)
    return [
      { key: pair, ...limits.pair },
      ...((await isKnown(attempt)) ? [] : [{ key: account, ...limits.account }]),
      { key: address, ...limits.address },
    ]
  }

  const limitOfCode = (account: string) => [{ key: `code:${hashOf(account)}`, ...limits.code }]
  return {
    begin: async (attempt) => attempts.begin(await limitedBy(attempt)),
    async succeeded(attempt) {
      const { pair, account, address } = keysOf(attempt)
      await attempts.forget([pair])
      await attempts.takeBack([account, address])
    },
    beginCode: (account) => attempts.begin(limitOfCode(account)),
    codeSucceeded: (account) => attempts.forget(limitOfCode(account).map(({ key }) => key)),
  }
}

/** Those of the accounts, by address, that no longer get in from somewhere because too many sign-ins have failed. */
export async function lockedAccounts(
  { platform: sql }: Database,
  emails: readonly string[],
  now: Date = new Date(),
): Promise<ReadonlySet<string>> {
  const hashes = new Map(emails.map((email) => [accountHash(email), email]))
  const rows = await sql<{ hash: string }[]>`
    select distinct split_part(key, ':', 2) as hash from platform.sign_in_lock
    where (key like 'account:%' or key like 'pair:%') and locked_until > ${now.toISOString()}`
  return new Set(rows.flatMap(({ hash }) => hashes.get(hash) ?? []))
}

/** Lets an account in again before its time, with codes of the second factor as well. */
export async function unlockAccount({ platform: sql }: Database, email: string): Promise<void> {
  const hash = accountHash(email)
  const [account] = await sql<{ id: string }[]>`
    select id from platform."user" where email = ${email.trim().toLowerCase()}`
  const code = account === undefined ? '' : `code:${hashOf(account.id)}`
  await sql`
    delete from platform.sign_in_lock
    where key in (${`account:${hash}`}, ${code}) or starts_with(key, ${`pair:${hash}:`})`
}

function keysOf({ email, address }: Attempt): Record<'pair' | 'account' | 'address', string> {
  const hash = accountHash(email)
  return {
    pair: `pair:${hash}:${hashOf(address)}`,
    account: `account:${hash}`,
    address: `address:${hashOf(address)}`,
  }
}

function accountHash(email: string): string {
  return hashOf(email.trim().toLowerCase())
}

/** Keys tell nobody who reads the table whose account was tried from where. */
function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url')
}
