import { setTimeout as wait } from 'node:timers/promises'
import type { Database, Sql } from '../../database/index.ts'
import { PublishRefused } from './errors.ts'

/** A connection of its own, on which nobody else publishes to the tenant for as long as it is held. */
export type Connection = Awaited<ReturnType<Sql['reserve']>>

/** First half of the key of the advisory lock; the second is a hash of the tenant's name. */
const PUBLISH_LOCK = 7_364_175
const POLL_MS = 100

/**
 * Runs the work as the only publisher of the tenant. The lock belongs to the connection: when the process dies,
 * PostgreSQL lets go of it.
 * @throws PublishRefused (busy) when another publish does not end in time
 */
export async function asOnlyPublisher<T>(
  { database, tenant, patienceMs = 60_000 }: { database: Database; tenant: string; patienceMs?: number },
  work: (connection: Connection) => Promise<T>,
): Promise<T> {
  const connection = await database.platform.reserve()
  let isOurs = false
  try {
    const deadline = Date.now() + patienceMs
    while (!(isOurs = await tryLock(connection, tenant))) {
      if (Date.now() >= deadline)
        throw new PublishRefused({
          code: 'busy',
          message: `Another publish of "${tenant}" has been under way for ${patienceMs / 1000} s; try again when it has ended.`,
        })
      await wait(POLL_MS)
    }
    await connection.unsafe('set statement_timeout = 0; set idle_in_transaction_session_timeout = 0')
    return await work(connection)
  } finally {
    if (isOurs) await release(connection, tenant)
    connection.release()
  }
}

async function tryLock(connection: Connection, tenant: string): Promise<boolean> {
  const [row] = await connection<{ locked: boolean }[]>`
    select pg_try_advisory_lock(${PUBLISH_LOCK}, hashtext(${tenant})) as locked`
  return row?.locked ?? false
}

async function release(connection: Connection, tenant: string): Promise<void> {
  try {
    await connection.unsafe(
      'reset statement_timeout; reset idle_in_transaction_session_timeout; reset lock_timeout',
    )
    await connection`select pg_advisory_unlock(${PUBLISH_LOCK}, hashtext(${tenant}))`
  } catch {
    // The connection is gone, and its lock with it.
  }
}
