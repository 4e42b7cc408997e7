import postgres from 'postgres'
import { socketOpener } from './open-socket.ts'
import { endWithConnection } from './transaction-end.ts'
import { textTypes } from './value-types.ts'

/** A pool of connections, or one of them. */
export type Sql = postgres.Sql
/** One transaction. */
export type Transaction = postgres.TransactionSql
/** Where a statement can be run: a pool or a transaction. */
export type Queryable = postgres.ISql<Record<string, never>> | Sql | Transaction

/** How a pool behaves. */
export interface PoolOptions {
  readonly url: string
  /** Seen in pg_stat_activity. */
  readonly name: string
  /** The most connections that the pool opens. */
  readonly size: number
  /** Seconds after which an unused connection is closed. */
  readonly idleSeconds?: number
  /** A statement that takes longer is cancelled; 0 for no limit (migrations). */
  readonly statementTimeoutMs?: number
}

/**
 * How long a connection waits before it tries to reach the server again. The driver counts the failures of all
 * connections of the pool together and waits up to 20 s, so that a server which is back after one second would be used
 * only long after.
 * @param failures how often the pool has failed to connect since it last did, or was cut off
 */
export function reconnectSeconds(failures: number): number {
  return (0.5 + Math.random() / 2) * Math.min(3 ** failures / 100, longestWaitSeconds)
}

const longestWaitSeconds = 1

/** A server that is about to stop may take a connection and never answer; the driver would wait for 30 s. */
const connectSeconds = 5

/**
 * Opens a pool; the first statement opens the first connection. This is the one place where the way in which
 * values travel is configured, see value-types.ts.
 */
export function openPool({
  url,
  name,
  size,
  idleSeconds = 60,
  statementTimeoutMs = 30_000,
}: PoolOptions): Sql {
  const opening = { socket: socketOpener() }
  const sql = postgres(url, {
    ...opening,
    max: size,
    idle_timeout: idleSeconds,
    backoff: reconnectSeconds,
    connect_timeout: connectSeconds,
    types: textTypes,
    connection: {
      application_name: name,
      TimeZone: 'UTC',
      DateStyle: 'ISO, YMD',
      IntervalStyle: 'iso_8601',
      statement_timeout: statementTimeoutMs,
      // Of disks without moving parts. With the default of 4 PostgreSQL goes through a list in its order rather than
      // look up the few records that somebody may see: 460 ms for 130 of a million, instead of 7.
      random_page_cost: 1.1,
      // A transaction that waits for its own process is a fault there; do not let it hold locks.
      idle_in_transaction_session_timeout: 60_000,
    },
    onnotice: () => undefined,
  }) as unknown as Sql
  return endWithConnection(sql)
}
