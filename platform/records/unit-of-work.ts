import type { EffectiveRights } from '../access/rights.ts'
import { rightsOfPrincipal, unlimitedRights } from '../access/rights.ts'
import type { Principal } from '../access/principal.ts'
import type { Origin } from '../audit/index.ts'
import type { Queryable, Sql, Transaction } from '../database/sql.ts'
import { inSavepoint, inTransaction, type Later } from '../database/transaction.ts'
import type { FieldModel, Model, ObjectModel } from '../definitions/model/model.ts'
import type { Moment } from '../language/types.ts'
import type { RecordValues } from './values.ts'

/** Everything that one request, job or process step works with. Nothing below reads another clock or connection. */
export interface UnitOfWork {
  readonly tenant: string
  readonly model: Model
  readonly principal: Principal
  readonly rights: EffectiveRights
  readonly moment: Moment
  /** The transaction (or, for a single read, the pool) of the tenant's own role. */
  readonly sql: Queryable
  /** Sends a statement of the transaction whose outcome nobody waits for. */
  readonly later: Later
  /** The tenant's pool, for what must not be undone with the transaction (numbers that may have gaps). */
  readonly pool: Sql
  readonly ports: RecordPorts
  /** Why this work is done, for the history: `{"process": …, "event": …}`, `{"import": …}`. */
  readonly cause: Readonly<Record<string, unknown>> | undefined
  /** Where the request came from, for the audit log. */
  readonly origin?: Origin | undefined
  /** Present during many writes whose roll-ups are computed once, at their end; see write/rollups-together.ts. */
  readonly gatheredRollups?: RollupGathering
  /** Present during many creations at the same time, which share statements; see write/inserts-together.ts. */
  readonly gatheredInserts?: InsertGathering
  /** Present during many writes of which some rows are written once, at their end; see rows-together.ts. */
  readonly gatheredRows?: RowGathering
}

export interface InsertGathering {
  insert(
    unit: UnitOfWork,
    insertion: { object: ObjectModel; environment: Readonly<Record<string, unknown>> },
  ): Promise<RecordValues>
}

/** Takes rows that nothing reads before the end of the work. */
export interface RowGathering {
  /** @param write writes all rows that were gathered with the same function */
  add<Row>(row: Row, write: (unit: UnitOfWork, rows: readonly Row[]) => void): void
}

/** Takes note of roll-ups that are to be computed: fields of the records with these ids, grouped by a key. */
export interface RollupGathering {
  add(key: string, group: { holder: ObjectModel; fields: readonly FieldModel[]; ids: Iterable<string> }): void
}

export interface WorkOptions {
  readonly tenant: string
  readonly model: Model
  readonly principal: Principal
  readonly now: Date
  readonly pool: Sql
  readonly ports: RecordPorts
  readonly cause?: Readonly<Record<string, unknown>>
  readonly origin?: Origin
}

/** A unit of work outside a transaction: for reads that are one statement. */
export function readingWork(options: WorkOptions): UnitOfWork {
  return { ...base(options), sql: options.pool, later: refuseLater }
}

/** Runs a write in one transaction; repeats it after a deadlock, since nothing of it has left the process. */
export function writingWork<T>(options: WorkOptions, work: (unit: UnitOfWork) => Promise<T>): Promise<T> {
  const prepared = base(options)
  return inTransaction(options.pool, (sql, later) => work({ ...prepared, sql, later }), { retries: 3 })
}

/**
 * The same, where the answer is read after the work in the same transaction, as readingLast does it.
 */
export async function writingAndReading<T, Answer>(
  options: WorkOptions,
  work: (unit: UnitOfWork) => Promise<T>,
  read: (unit: UnitOfWork, result: T) => Promise<Answer>,
): Promise<Answer> {
  const { answer } = await writingWork(options, async (unit) => {
    const result = await work(unit)
    return { answer: readingLast(unit, (last) => read(last, result)) }
  })
  return answer
}

/** A read that goes out with the commit of the unit's transaction: it has to send all its statements at once. */
export function readingLast<Answer>(
  unit: UnitOfWork,
  read: (unit: UnitOfWork) => Promise<Answer>,
): Promise<Answer> {
  const once = sendingOnce(unit)
  const reading = read(once.unit)
  once.end()
  unit.later(reading)
  return reading
}

/** Refuses statements that would come after the commit, and so run in somebody else's transaction. */
function sendingOnce(unit: UnitOfWork): { unit: UnitOfWork; end(): void } {
  let isOpen = true
  const unsafe: Queryable['unsafe'] = (...statement) => {
    if (!isOpen) throw new Error('The answer to a write has to send all its statements at once.')
    return sentNow(unit.sql.unsafe(...statement))
  }
  return {
    unit: { ...unit, sql: { unsafe } as Queryable },
    end() {
      isOpen = false
    },
  }
}

/** Whoever waits for a statement asks for it only after this turn, when the transaction may be at its end. */
function sentNow<T extends PromiseLike<unknown>>(statement: T): T {
  void statement.then(undefined, () => undefined)
  return statement
}

/** A part of a transaction's work that is undone by itself when it fails. */
export function savepointWork<T>(unit: UnitOfWork, work: (unit: UnitOfWork) => Promise<T>): Promise<T> {
  return inSavepoint(unit.sql as Transaction, (sql, later) => work({ ...unit, sql, later }))
}

function refuseLater(): never {
  throw new Error('Only a transaction can send a statement without waiting for it.')
}

/** The same transaction under another principal (a process acting under its declared role). */
export function actingAs(unit: UnitOfWork, principal: Principal): UnitOfWork {
  return { ...unit, principal, rights: rightsOfPrincipal(unit.model, principal) }
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

function base(options: WorkOptions): Omit<UnitOfWork, 'sql' | 'later'> {
  const { tenant, model, principal, now, pool, ports, cause, origin } = options
  return {
    tenant,
    model,
    principal,
    rights: rightsOfPrincipal(model, principal),
    moment: { now, timeZone: principal.timeZone },
    pool,
    ports,
    cause,
    origin,
  }
}

/** What a write sees before it is checked: hooks may return other values. */
export interface BeforeWrite {
  readonly action: 'create' | 'update'
  readonly object: ObjectModel
  readonly id: string
  /** The prior record; undefined on create. */
  readonly before: RecordValues | undefined
  /** The values that will be written, checked by type. */
  readonly values: RecordValues
}

/**
 * Where the write path calls upwards. The floors above fill it in at start; the write path knows neither plugins
 * nor processes.
 */
export interface RecordPorts {
  /** Hooks of plugins: may change values (checked again) or refuse by throwing a TesseraError. */
  beforeWrite?(unit: UnitOfWork, write: BeforeWrite): Promise<RecordValues>
  /** Told before a record is deleted; its row is locked. Refuses by throwing a TesseraError. */
  beforeDelete?(unit: UnitOfWork, deletion: { object: ObjectModel; before: RecordValues }): Promise<void>
  /** The process that governs an object: the state in which a new record begins. */
  readonly lifecycle?: LifecyclePort
  /** The clocks of service levels. */
  readonly clocks?: ClocksPort
  /** Processes that wait for something to hold of records. */
  readonly waits?: WaitsPort
  /** What writes set off. */
  readonly triggers?: TriggersPort
}

export interface WaitsPort {
  /** Whether any process waits for records of the object. */
  isWatched(unit: UnitOfWork, object: string): Promise<boolean>
  /** Told after records of a watched object were changed. Their rows are locked. */
  written(unit: UnitOfWork, change: { object: ObjectModel; ids: readonly string[] }): Promise<void>
  /** Told after a record of a watched object was deleted. */
  deleted(unit: UnitOfWork, deletion: { object: ObjectModel; id: string }): Promise<void>
}

export interface TriggersPort {
  /**
   * Told after a record of an object with triggers was made, changed or restored. Its row is locked.
   * @param write.before the record before the change; undefined where there was none to be seen
   */
  written(
    unit: UnitOfWork,
    write: {
      kind: 'create' | 'update' | 'restore'
      object: ObjectModel
      record: RecordValues
      before: RecordValues | undefined
      fields: ReadonlySet<string>
    },
  ): Promise<void>
}

export interface ClocksPort {
  /** Told after a record of an object with service levels was made, changed or restored. Its row is locked. */
  written(
    unit: UnitOfWork,
    write: { object: ObjectModel; record: RecordValues; isNew: boolean },
  ): Promise<void>
}

export interface LifecyclePort {
  /**
   * The state of a new record and what is to be written after it; `entry` names a declared entry through which
   * `state` was asked for. Refuses with a TesseraError.
   */
  begin(
    unit: UnitOfWork,
    start: { object: ObjectModel; state: string | undefined; entry: string | undefined },
  ): {
    readonly state: string
    /** Sets of the initial entry actions on the own record, and everything else that the start brings. */
    after(unit: UnitOfWork, record: RecordValues): Promise<boolean>
  }
  /** Told after a record was changed, with the names of the fields: timers may depend on them. */
  changed(
    unit: UnitOfWork,
    change: { object: ObjectModel; record: RecordValues; fields: ReadonlySet<string> },
  ): Promise<void>
  /** The events that are possible now, named in the refusal of a direct change of state. */
  possibleEvents(unit: UnitOfWork, object: ObjectModel, record: RecordValues): Promise<readonly string[]>
}
