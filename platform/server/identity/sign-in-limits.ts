import { createHash } from 'node:crypto'
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible'
import type { Database, Sql } from '../../database/index.ts'
import { TesseraError } from '../../access/errors.ts'

const quarterHour = 15 * 60

/**
 * How often a sign-in may fail in a quarter of an hour: for one address and account, for one account from anywhere, and
 * for one address with any account. Counted in PostgreSQL, so that nodes and restarts change nothing.
 */
const limits = { pair: 10, account: 50, address: 200 } as const

type Name = keyof typeof limits

export interface SignInLimits {
  /** @throws TesseraError rate_limited after too many failures */
  check(attempt: Attempt): Promise<void>
  failed(attempt: Attempt): Promise<void>
  succeeded(attempt: Attempt): Promise<void>
}

export interface Attempt {
  readonly email: string
  readonly address: string
}

export function createSignInLimits(database: Database): SignInLimits {
  const storeClient = clientOf(database.platform)
  const limiters = Object.fromEntries(
    Object.entries(limits).map(([name, points]) => [
      name,
      new RateLimiterPostgres({
        storeClient,
        storeType: 'client',
        schemaName: 'platform',
        tableName: 'rate_limit',
        tableCreated: true,
        keyPrefix: `sign_in_${name}`,
        points,
        duration: quarterHour,
      }),
    ]),
  ) as Record<Name, RateLimiterPostgres>
  const all = Object.keys(limits) as Name[]

  return {
    async check(attempt) {
      const states = await Promise.all(all.map((name) => limiters[name].get(keysOf(attempt)[name])))
      const waits = states.filter((state, at) => state && state.consumedPoints >= limits[all[at]!])
      const longest = Math.max(0, ...waits.map((state) => state?.msBeforeNext ?? 0))
      if (waits.length > 0) throw tooMany(longest)
    },
    async failed(attempt) {
      const keys = keysOf(attempt)
      await Promise.all(
        all.map((name) =>
          limiters[name].consume(keys[name]).catch((error: unknown) => {
            // Over the limit: the next check refuses. Anything else is a fault of the database.
            if (!(error instanceof RateLimiterRes)) throw error
          }),
        ),
      )
    },
    async succeeded(attempt) {
      await limiters.pair.delete(keysOf(attempt).pair)
    },
  }
}

/** Those of the accounts, by address, that no longer get in from somewhere because too many sign-ins have failed. */
export async function lockedAccounts(
  { platform: sql }: Database,
  emails: readonly string[],
): Promise<ReadonlySet<string>> {
  const hashes = new Map(emails.map((email) => [accountKey(email), email]))
  const rows = await sql<{ hash: string }[]>`
    select split_part(key, ':', 2) as hash from platform.rate_limit
    where ((key like 'sign_in_account:%' and points >= ${limits.account})
        or (key like 'sign_in_pair:%' and points >= ${limits.pair}))
      and (expire is null or expire > ${Date.now()})`
  return new Set(rows.flatMap(({ hash }) => hashes.get(hash) ?? []))
}

/** Lets an account in again before its quarter of an hour is over. */
export async function unlockAccount({ platform: sql }: Database, email: string): Promise<void> {
  const hash = accountKey(email)
  await sql`
    delete from platform.rate_limit
    where key = ${`sign_in_account:${hash}`} or starts_with(key, ${`sign_in_pair:${hash}:`})`
}

function tooMany(milliseconds: number): TesseraError {
  const seconds = Math.max(1, Math.ceil(milliseconds / 1_000))
  return new TesseraError(
    'rate_limited',
    `Too many sign-ins have failed. Try again in ${Math.ceil(seconds / 60)} minutes.`,
    { members: { retryAfterSeconds: seconds } },
  )
}

/** Keys tell nobody who reads the table whose account was tried. */
function keysOf({ email, address }: Attempt): Record<Name, string> {
  const account = accountKey(email)
  return { pair: `${account}:${address}`, account, address }
}

function accountKey(email: string): string {
  return createHash('sha256').update(email.trim().toLowerCase()).digest('base64url')
}

/** The small part of node-postgres' client that the limiter uses, over our own pool. */
function clientOf(sql: Sql) {
  return {
    async query({ text, values = [] }: { text: string; values?: unknown[] }) {
      const rows = await sql.unsafe(text, values as never[], { prepare: true })
      return { rows: [...rows], rowCount: rows.length }
    },
  }
}
