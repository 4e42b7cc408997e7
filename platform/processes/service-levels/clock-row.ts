import { v7 as uuidv7 } from 'uuid'
import type { UnitOfWork } from '../../records/unit-of-work.ts'
import type { ServiceClock } from './advance.ts'

/** Which conditions of a promise held when they were last looked at. */
export interface Held {
  readonly starts: boolean
  readonly pauses: boolean
  readonly stops: boolean
  readonly resets: boolean
}

export const nothingHeld: Held = { starts: false, pauses: false, stops: false, resets: false }

/** A promise on a record as it is stored. */
export interface ClockRow {
  readonly id: string
  readonly object: string
  readonly record: string
  readonly level: string
  readonly promise: string
  /** Null before the first start. */
  readonly clock: ServiceClock | null
  readonly held: Held
  /** The name of the target that is promised; '' for the usual one. */
  readonly target: string
  /** Hash of the service level under which it was last reckoned. */
  readonly definition: string
  /** When it is to be advanced next, in milliseconds since 1970; null where no time changes it. */
  readonly wakeAt: number | null
}

interface Stored {
  readonly id: string
  readonly object: string
  readonly record: string
  readonly service_level: string
  readonly promise: string
  readonly state: ServiceClock | null
  readonly held: Held
  readonly target: string
  readonly definition: string
  readonly wake_at: string | null
}

const columns = 'id, object, record, service_level, promise, state, held, target, definition, wake_at'

/** The named promises on records. */
export async function clocksOfRecords(
  unit: UnitOfWork,
  { records, promises }: { records: readonly string[]; promises: readonly string[] },
): Promise<readonly ClockRow[]> {
  const rows = await unit.sql.unsafe(
    `select ${columns} from _clock where record = any($1::uuid[]) and promise = any($2::text[])`,
    [records as string[], promises as string[]],
    { prepare: true },
  )
  return (rows as unknown as Stored[]).map(rowOf)
}

/** The promises on a record. Its row lock covers them: whoever changes them has locked the record. */
export async function clocksOfRecord(unit: UnitOfWork, record: string): Promise<readonly ClockRow[]> {
  const rows = await unit.sql.unsafe(
    `select ${columns} from _clock where record = $1::uuid order by id`,
    [record],
    { prepare: true },
  )
  return (rows as unknown as Stored[]).map(rowOf)
}

export async function clockById(unit: UnitOfWork, id: string): Promise<ClockRow | undefined> {
  const [row] = await unit.sql.unsafe(`select ${columns} from _clock where id = $1::uuid`, [id], {
    prepare: true,
  })
  return row === undefined ? undefined : rowOf(row as unknown as Stored)
}

function rowOf({ service_level: level, state, wake_at, ...row }: Stored): ClockRow {
  return { ...row, level, clock: state, wakeAt: wake_at === null ? null : Date.parse(wake_at) }
}

/** Writes a row, new or known. */
export function saveClock(unit: UnitOfWork, row: ClockRow): PromiseLike<unknown> {
  const { clock } = row
  return unit.sql.unsafe(
    `insert into _clock (id, object, record, service_level, promise, status, state, held, target, definition,
       due_at, breached_at, wake_at, created_at, updated_at)
     values ($1::uuid, $2::text, $3::uuid, $4::text, $5::text, $6::text, $7::jsonb, $8::jsonb, $9::text, $10::text,
       $11::timestamptz, $12::timestamptz, $13::timestamptz, $14::timestamptz, $14::timestamptz)
     on conflict (id) do update set status = excluded.status, state = excluded.state, held = excluded.held,
       target = excluded.target, definition = excluded.definition, due_at = excluded.due_at,
       breached_at = excluded.breached_at, wake_at = excluded.wake_at, updated_at = excluded.updated_at`,
    [
      ...[row.id, row.object, row.record, row.level, row.promise, clock?.status ?? 'waiting'],
      ...[clock as never, row.held as never, row.target, row.definition],
      ...[momentOf(clock?.dueAt), momentOf(clock?.breachedAt), momentOf(row.wakeAt)],
      unit.moment.now.toISOString(),
    ],
    { prepare: true },
  )
}

/** Stores that alerts are to be carried out; their rows decide that each is, once. */
export function insertAlerts(
  unit: UnitOfWork,
  { clock, fired }: { clock: string; fired: readonly { readonly name: string; readonly at: number }[] },
): PromiseLike<unknown> {
  return unit.sql.unsafe(
    `insert into _clock_alert (id, clock, name, due_at, status, created_at)
     select alert.id, $1::uuid, alert.name, alert.due_at, 'pending', $2::timestamptz
     from unnest($3::uuid[], $4::text[], $5::timestamptz[]) as alert(id, name, due_at)`,
    [
      clock,
      unit.moment.now.toISOString(),
      fired.map(() => uuidv7()),
      fired.map(({ name }) => name),
      fired.map(({ at }) => momentOf(at)) as string[],
    ],
    { prepare: true },
  )
}

function momentOf(instant: number | null | undefined): string | null {
  return instant === null || instant === undefined ? null : new Date(instant).toISOString()
}
