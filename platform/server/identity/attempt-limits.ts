import { TesseraError } from '../../access/errors.ts'
import { inTransaction, type Database } from '../../database/index.ts'

/** What is counted under a key, and how long it may be closed. */
export interface Limited {
  readonly key: string
  /** Failures in a row that close nothing. */
  readonly free: number
  readonly longestMinutes: number
  /** In so many minutes one failure is forgotten; without it none before a day has passed. */
  readonly drainMinutes?: number
}

/** Counts failures in PostgreSQL, so that nodes and restarts change nothing. */
export interface AttemptLimits {
  /** Counts a failure under each key. @throws TesseraError rate_limited where one of them is closed */
  begin(limited: readonly Limited[]): Promise<void>
  /** The last attempt was no failure after all. */
  takeBack(keys: readonly string[]): Promise<void>
  /** Begins to count anew. */
  forget(keys: readonly string[]): Promise<void>
}

/** After so long without a failure the count begins anew. */
const memory = '24 hours'

export function createAttemptLimits({ platform }: Database, clock: () => Date): AttemptLimits {
  return {
    async begin(limited) {
      const now = clock()
      const keys = limited.map(({ key }) => key)
      await inTransaction(platform, async (sql) => {
        const [closed] = await sql<{ until: Date | string | null }[]>`
          select max(locked_until) as until from platform.sign_in_lock
          where key = any (${keys}) and locked_until > ${now.toISOString()}`
        if (closed?.until) throw tooMany(closed.until, now)
        for (const { key, free, longestMinutes, drainMinutes = 0 } of limited) {
          const counted = await sql`
            insert into platform.sign_in_lock as l (key, failures, failed_at)
            values (${key}, 1, ${now.toISOString()})
            on conflict (key) do update set
              (failures, failed_at, locked_until) = (
                select n.failures, excluded.failed_at, case when round(n.failures) < ${free}::int then null
                  else excluded.failed_at + interval '1 minute'
                    * least(power(2, least(round(n.failures) - ${free}::int, 20)), ${longestMinutes}::int) end
                from (select case when l.failed_at < excluded.failed_at - ${memory}::interval then 1 else 1 + greatest(
                  l.failures - coalesce(extract(epoch from excluded.failed_at - l.failed_at) / 60
                    / nullif(${drainMinutes}::int, 0), 0), 0) end as failures) n
              )
              where l.locked_until is null or l.locked_until <= excluded.failed_at
            returning 1`
          // Closed in this very moment by another attempt.
          if (counted.length === 0) throw tooMany(new Date(now.getTime() + 60_000), now)
        }
      })
    },
    async takeBack(keys) {
      await platform`
        update platform.sign_in_lock set failures = greatest(failures - 1, 0), locked_until = null
        where key = any (${[...keys]})`
    },
    async forget(keys) {
      await platform`delete from platform.sign_in_lock where key = any (${[...keys]})`
    },
  }
}

function tooMany(until: Date | string, now: Date): TesseraError {
  const seconds = Math.max(1, Math.ceil((new Date(until).getTime() - now.getTime()) / 1_000))
  return new TesseraError(
    'rate_limited',
    `Too many sign-ins have failed. Try again in ${Math.ceil(seconds / 60)} minutes, or ask an administrator to let you in.`,
    { members: { retryAfterSeconds: seconds } },
  )
}
