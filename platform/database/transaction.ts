import type { Sql, Transaction } from './sql.ts'

/** How a transaction runs. */
export interface TransactionOptions {
  readonly isReadOnly?: boolean
  /** Default: read committed. */
  readonly isolation?: 'repeatable read' | 'serializable'
  /**
   * How often the work may be done again after a serialization failure or a deadlock. Default 0: only the
   * caller knows whether its work can be repeated.
   */
  readonly retries?: number
}

/** 40001 serialization_failure, 40P01 deadlock_detected. */
const REPEATABLE = new Set(['40001', '40P01'])

/**
 * Runs the work in one transaction: it commits when the work resolves and rolls back when it throws.
 * Statements that are sent without waiting for each other travel together (pipelining).
 */
export async function inTransaction<T>(
  sql: Sql,
  work: (transaction: Transaction) => Promise<T>,
  { isReadOnly = false, isolation, retries = 0 }: TransactionOptions = {},
): Promise<T> {
  const mode = [isolation && `isolation level ${isolation}`, isReadOnly && 'read only']
    .filter(Boolean)
    .join(' ')
  for (let attempt = 0; ; attempt++) {
    try {
      return (await sql.begin(mode, work)) as T
    } catch (error) {
      const code = (error as { code?: string }).code
      if (attempt >= retries || !code || !REPEATABLE.has(code)) throw error
    }
  }
}
