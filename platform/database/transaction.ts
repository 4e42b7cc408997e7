import type { Sql, Transaction } from './sql.ts'
import { isLoss } from './transaction-end.ts'

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

/**
 * Sends a statement and goes on without waiting for it: it travels together with those that follow. Statements take
 * effect in the order in which they are sent; the failure of one undoes the transaction like any other.
 */
export type Later = (statement: PromiseLike<unknown>) => void

/** 40001 serialization_failure, 40P01 deadlock_detected. */
const REPEATABLE = new Set(['40001', '40P01'])

/** in_failed_sql_transaction: what every statement after the one that failed is told. */
const CONSEQUENCE = '25P02'

/**
 * Runs the work in one transaction: it commits when the work resolves and rolls back when it throws.
 * Statements that are sent without waiting for each other travel together (pipelining).
 */
export async function inTransaction<T>(
  sql: Sql,
  work: (transaction: Transaction, later: Later) => Promise<T>,
  { isReadOnly = false, isolation, retries = 0 }: TransactionOptions = {},
): Promise<T> {
  const mode = [isolation && `isolation level ${isolation}`, isReadOnly && 'read only']
    .filter(Boolean)
    .join(' ')
  for (let attempt = 0; ; attempt++) {
    try {
      return await awaitingLater(
        (later) => sql.begin(mode, (transaction) => work(transaction, later)) as Promise<T>,
      )
    } catch (error) {
      const code = (error as { code?: string }).code
      if (attempt >= retries || !code || !REPEATABLE.has(code)) throw error
    }
  }
}

/** Runs the work in a savepoint of the transaction: a failure undoes the work alone. */
export async function inSavepoint<T>(
  transaction: Transaction,
  work: (transaction: Transaction, later: Later) => Promise<T>,
): Promise<T> {
  return (await transaction.savepoint((inner) =>
    awaitingLater((later) => work(inner as Transaction, later)),
  )) as T
}

/**
 * Waits for the work and for what it sent without waiting. A COMMIT behind a statement that failed is a rollback, which
 * only the statement tells: so none of them may go unheard. The failure that is thrown is the cause of the others.
 */
async function awaitingLater<T>(work: (later: Later) => Promise<T>): Promise<T> {
  const outcomes: Promise<unknown>[] = []
  const later: Later = (statement) => {
    outcomes.push(Promise.resolve(statement.then(undefined, (error: unknown) => new Failure(error))))
  }
  const failures: unknown[] = []
  const [result] = await Promise.allSettled([work(later)])
  // Statements that the driver has not sent before the connection was lost are never answered.
  if (result.status === 'rejected' && isLoss(result.reason)) throw result.reason
  for (const outcome of outcomes) {
    const settled = await outcome
    if (settled instanceof Failure) failures.push(settled.error)
  }
  if (result.status === 'rejected') failures.unshift(result.reason)
  const isCause = (error: unknown) => (error as { code?: string }).code !== CONSEQUENCE
  if (failures.length > 0) throw failures.find(isCause) ?? failures[0]
  return (result as PromiseFulfilledResult<T>).value
}

class Failure {
  readonly error: unknown

  constructor(error: unknown) {
    this.error = error
  }
}
