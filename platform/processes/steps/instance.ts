import type { ProcessModel } from '../../definitions/model/model.ts'
import type { UnitOfWork } from '../../records/unit-of-work.ts'
import type { Decision } from '../machine/compiled-machine.ts'
import type { StepCause } from './cause.ts'
import { pinnedProcess } from './pinned-process.ts'

/** A process at work on one record. */
export interface Instance {
  readonly id: string
  readonly process: ProcessModel
  readonly object: string
  readonly record: string
  /** The persisted snapshot. */
  readonly snapshot: unknown
  readonly states: readonly string[]
  readonly step: number
  readonly isEnded: boolean
}

interface Row {
  readonly id: string
  readonly process: string
  readonly definition: string
  readonly object: string
  readonly record: string
  readonly snapshot: string
  readonly states: string[]
  readonly step: number
  readonly ended_at: string | null
}

const columns = 'id, process, definition, object, record, snapshot, states, step, ended_at'

/** The instance that governs a record. The record's row lock covers it: every step locks the record first. */
export async function instanceOfRecord(
  unit: UnitOfWork,
  options: { process: string; object: string; record: string },
): Promise<Instance | undefined> {
  const [row] = (await unit.sql.unsafe(
    `select ${columns} from _instance where object = $1::text and record = $2::uuid and process = $3::text`,
    [options.object, options.record, options.process],
    { prepare: true },
  )) as unknown as Row[]
  return row === undefined ? undefined : instanceOf(unit, row)
}

/** The parts of other processes that are at work on a record: of one process, or of all. */
export async function livePartsOf(
  unit: UnitOfWork,
  options: { object: string; record: string; process?: string },
): Promise<readonly Instance[]> {
  const rows = (await unit.sql.unsafe(
    `select ${columns} from _instance where object = $1::text and record = $2::uuid and ended_at is null
       and ($3::text is null or process = $3::text) order by id`,
    [options.object, options.record, options.process ?? null],
    { prepare: true },
  )) as unknown as Row[]
  const instances = await Promise.all(rows.map((row) => instanceOf(unit, row)))
  return instances.filter(({ process }) => process.stateField === undefined)
}

export async function instanceById(unit: UnitOfWork, id: string): Promise<Instance | undefined> {
  const [row] = (await unit.sql.unsafe(`select ${columns} from _instance where id = $1::uuid`, [id], {
    prepare: true,
  })) as unknown as Row[]
  return row === undefined ? undefined : instanceOf(unit, row)
}

async function instanceOf(unit: UnitOfWork, row: Row): Promise<Instance> {
  return {
    id: row.id,
    process: await pinnedProcess(unit, { name: row.process, hash: row.definition }),
    object: row.object,
    record: row.record,
    snapshot: JSON.parse(row.snapshot) as unknown,
    states: row.states,
    step: row.step,
    isEnded: row.ended_at !== null,
  }
}

export interface NewInstance {
  readonly id: string
  readonly process: ProcessModel
  readonly object: string
  readonly record: string
  readonly decision: Decision
  readonly event: string
  readonly cause: StepCause
}

/**
 * Stores a new instance and its first step, in one statement whose outcome nobody waits for.
 * @param isReferredTo whether the step has effects, which may refer to the instance
 */
export function insertInstance(
  unit: UnitOfWork,
  instance: NewInstance,
  { isReferredTo }: { isReferredTo: boolean },
): void {
  if (unit.gatheredRows === undefined || isReferredTo) insertInstances(unit, [instance])
  else unit.gatheredRows.add(instance, insertInstances)
}

function insertInstances(unit: UnitOfWork, instances: readonly NewInstance[]): void {
  const rows = instances.map(({ id, process, object, record, decision, event, cause }) => ({
    ...{ id, process: process.name, definition: process.hash, object, record, event, cause },
    is_ended: decision.isEnded,
    snapshot: JSON.stringify(decision.snapshot),
    states: decision.states,
    transitions: transitsJson(process, decision),
  }))
  const inserted = unit.sql.unsafe(
    `with given as (select * from jsonb_to_recordset($1::jsonb) as r(id uuid, process text, definition text, object text,
         record uuid, is_ended boolean, snapshot text, states text[], event text, transitions jsonb, cause jsonb)),
       i as (insert into _instance (id, process, definition, object, record, status, snapshot, states, step, started_at, updated_at, ended_at)
         select id, process, definition, object, record, case when is_ended then 'ended' else 'active' end, snapshot, states, 0,
           $2::timestamptz, $2::timestamptz, case when is_ended then $2::timestamptz end from given)
     insert into _step (instance, number, at, by, event, payload, transitions, states, cause)
       select id, 0, $2::timestamptz, $3::uuid, event, null, transitions, states, cause from given`,
    [rows as never, unit.moment.now.toISOString(), unit.principal.userId ?? null],
    { prepare: true },
  )
  unit.later(inserted)
}

/**
 * Stores where an instance went and how, in one statement that nobody waits for. Should another writer have advanced
 * the instance, the step has no number, which the table refuses: nothing is written.
 */
export function saveStep(
  unit: UnitOfWork,
  options: { instance: Instance; decision: Decision; event: string; payload: unknown; cause: StepCause },
): void {
  const { instance, decision, event, payload, cause } = options
  const saved = unit.sql.unsafe(
    `with i as (update _instance set snapshot = $1::text, states = $2::text[], step = step + 1, updated_at = $3::timestamptz,
         status = $4::text, ended_at = $5::timestamptz where id = $6::uuid and step = $7::int returning id, step)
     insert into _step (instance, number, at, by, event, payload, transitions, states, cause)
       values ($6::uuid, (select step from i), $3::timestamptz, $8::uuid, $9::text, $10::jsonb, $11::jsonb, $2::text[], $12::jsonb)`,
    [
      JSON.stringify(decision.snapshot),
      decision.states as string[],
      unit.moment.now.toISOString(),
      decision.isEnded ? 'ended' : 'active',
      decision.isEnded ? unit.moment.now.toISOString() : null,
      instance.id,
      instance.step,
      unit.principal.userId ?? null,
      event,
      (payload ?? null) as never,
      transitsJson(instance.process, decision) as never,
      cause as never,
    ],
    { prepare: true },
  )
  unit.later(saved)
}

/** The transitions of a step with the text of the guard that let each one through. */
function transitsJson(process: ProcessModel, decision: Decision): unknown {
  return decision.transits.map(({ from, to, event, guard }) => ({
    from,
    to,
    event,
    ...(guard === undefined ? {} : { guard: process.expressions[guard]?.text }),
  }))
}
