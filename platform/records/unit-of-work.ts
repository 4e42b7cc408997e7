import type { EffectiveRights } from '../access/rights.ts'
import { rightsOf, unlimitedRights } from '../access/rights.ts'
import type { Principal } from '../access/principal.ts'
import type { Queryable, Sql } from '../database/sql.ts'
import { inTransaction } from '../database/transaction.ts'
import type { Model } from '../definitions/model/model.ts'
import type { Moment } from '../language/types.ts'
import type { RecordPorts } from './ports.ts'

/** Everything that one request, job or process step works with. Nothing below reads another clock or connection. */
export interface UnitOfWork {
  readonly tenant: string
  readonly model: Model
  readonly principal: Principal
  readonly rights: EffectiveRights
  readonly moment: Moment
  /** The transaction (or, for a single read, the pool) of the tenant's own role. */
  readonly sql: Queryable
  /** The tenant's pool, for what must not be undone with the transaction (numbers that may have gaps). */
  readonly pool: Sql
  readonly ports: RecordPorts
  /** Why this work is done, for the history: `{"process": …, "event": …}`, `{"import": …}`. */
  readonly cause: Readonly<Record<string, unknown>> | undefined
}

export interface WorkOptions {
  readonly tenant: string
  readonly model: Model
  readonly principal: Principal
  readonly now: Date
  readonly pool: Sql
  readonly ports: RecordPorts
  readonly cause?: Readonly<Record<string, unknown>>
}

/** A unit of work outside a transaction: for reads that are one statement. */
export function readingWork(options: WorkOptions): UnitOfWork {
  return { ...base(options), sql: options.pool }
}

/** Runs a write in one transaction; repeats it after a deadlock, since nothing of it has left the process. */
export function writingWork<T>(options: WorkOptions, work: (unit: UnitOfWork) => Promise<T>): Promise<T> {
  const prepared = base(options)
  return inTransaction(options.pool, (sql) => work({ ...prepared, sql }), { retries: 3 })
}

/** The same transaction under another principal (a process acting under its declared role). */
export function actingAs(unit: UnitOfWork, principal: Principal): UnitOfWork {
  return { ...unit, principal, rights: rightsOf(unit.model, principal.roles) }
}

/**
 * The same work and the same person in the history, but without limits of rights: for consequences that the
 * declarations demand, such as blanking a reference to a deleted record.
 */
export function asConsequence(unit: UnitOfWork): UnitOfWork {
  return { ...unit, rights: unlimitedRights }
}

export function withCause(unit: UnitOfWork, cause: Readonly<Record<string, unknown>>): UnitOfWork {
  return { ...unit, cause }
}

function base(options: WorkOptions): Omit<UnitOfWork, 'sql'> {
  const { tenant, model, principal, now, pool, ports, cause } = options
  return {
    tenant,
    model,
    principal,
    rights: rightsOf(model, principal.roles),
    moment: { now, timeZone: principal.timeZone },
    pool,
    ports,
    cause,
  }
}
