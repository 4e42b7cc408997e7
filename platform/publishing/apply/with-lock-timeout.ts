import { setTimeout as wait } from 'node:timers/promises'
import type { Connection } from './publish-lock.ts'

/** 55P03 lock_not_available, 40P01 deadlock_detected. */
const WORTH_ANOTHER_TRY = new Set(['55P03', '40P01'])
const ATTEMPTS = 20
const LOCK_TIMEOUT = '1s'

/**
 * Runs the statements in one transaction that waits for no lock longer than a second: while it waits, everyone
 * else who wants the table waits behind it. It is then begun again after a pause that lets them through.
 */
export async function withLockTimeout(
  connection: Connection,
  work: (connection: Connection) => Promise<void>,
): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await connection.unsafe(`begin; set local lock_timeout = '${LOCK_TIMEOUT}'`)
      await work(connection)
      await connection.unsafe('commit')
      return
    } catch (error) {
      await connection.unsafe('rollback')
      const { code } = error as { code?: string }
      if (attempt === ATTEMPTS || code === undefined || !WORTH_ANOTHER_TRY.has(code)) throw error
      await wait(100 + Math.random() * 100 * attempt)
    }
  }
}
