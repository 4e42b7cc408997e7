import { setTimeout as wait } from 'node:timers/promises'
import type { Connection } from './publish-lock.ts'

/** 55P03 lock_not_available, 57014 query_canceled (statement_timeout), 40P01 deadlock_detected. */
const WORTH_ANOTHER_TRY = new Set(['55P03', '57014', '40P01'])
const ATTEMPTS = 60
const LOCK_TIMEOUT = '600ms'

/**
 * Runs the statements in one transaction that waits only briefly for a lock: while it waits, everyone
 * else who wants the table waits behind it. It is then begun again after a pause that lets them through.
 */
export async function withLockTimeout(
  connection: Connection,
  work: (attempt: number) => Promise<void>,
): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await connection.unsafe(`begin; set local lock_timeout = '${LOCK_TIMEOUT}'`)
      await work(attempt)
      await connection.unsafe('commit')
      return
    } catch (error) {
      await connection.unsafe('rollback')
      if (attempt === ATTEMPTS || !isWorthAnotherTry(error)) throw error
      await wait(100 + Math.random() * Math.min(100 * attempt, 1_000))
    }
  }
}

/** XX000 is how PostgreSQL tells that somebody granted rights on a table at the very moment it was altered. */
function isWorthAnotherTry(error: unknown): boolean {
  const { code = '', message = '' } = error as { code?: string; message?: string }
  return WORTH_ANOTHER_TRY.has(code) || (code === 'XX000' && message.includes('concurrently updated'))
}
