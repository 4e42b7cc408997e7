import { TesseraError } from '../../access/errors.ts'
import { principalSlots } from '../../access/principal.ts'
import { parameterValues, StatementBuilder } from '../../database/statement.ts'
import type { LocalText } from '../../definitions/model/model.ts'
import { isRecordId } from '../../records/read/get.ts'
import type { UnitOfWork } from '../../records/unit-of-work.ts'
import { describeTags, type StateTag } from '../tags/describe-tags.ts'
import { tagsInStates } from '../tags/tags-in-states.ts'
import type { WorkPerson } from '../work-items/work-item.ts'
import { titlesOf } from '../work-items/titles.ts'
import { needOperator } from './operator.ts'
import { livePlaces, versionOf } from './places.ts'
import { withTag } from './tagged.ts'
import { troubleCondition, troubles, visibleRecord, type Trouble } from './troubles.ts'

/** Which live instances. */
export interface InstanceFilter {
  readonly trouble?: Trouble
  readonly process?: string
  /** The path of a state: those in it or in a state inside of it. */
  readonly state?: string
  /** Those in a state with this tag. */
  readonly tag?: string
  /** The hash of the version on which they live. */
  readonly version?: string
  /** Only those that have not moved for so long. */
  readonly quietMs?: number
  readonly ids?: readonly string[]
}

export interface ListedInstance {
  readonly id: string
  readonly process: string
  readonly label: LocalText
  readonly object: string
  readonly record: { readonly id: string; readonly title: string | null }
  readonly version: string
  readonly isCurrentVersion: boolean
  /** Whether the version still fits its object; nothing can happen in one that does not, but its end. */
  readonly isUsable: boolean
  readonly states: readonly { readonly path: string; readonly label: LocalText }[]
  readonly tags: readonly StateTag[]
  readonly step: number
  readonly started_at: string
  readonly moved_at: string
  readonly troubles: readonly Trouble[]
  readonly timers: readonly ListedTimer[]
  readonly work: readonly ListedWork[]
  readonly messages: readonly ListedMessage[]
  /** Why a new version of its process could not take it over. */
  readonly left_because: string | null
}

export interface ListedTimer {
  readonly id: string
  readonly event: string
  readonly due_at: string
  readonly error: string | null
  readonly attempts: number
  /** Given up; it is not tried again by itself. */
  readonly has_failed: boolean
}

export interface ListedWork {
  readonly id: string
  readonly kind: string
  readonly title: LocalText
  readonly due_at: string | null
  readonly assignee: WorkPerson | null
}

/** A request or mail that failed for good. */
export interface ListedMessage {
  readonly id: string
  readonly kind: string
  readonly error: string | null
}

const largestPage = 200

/**
 * Live instances whose records the operator may read, those that began first at the head.
 * @throws TesseraError forbidden without the feature "operate", bad_request for a damaged cursor
 */
export async function listInstances(
  unit: UnitOfWork,
  { after, limit = 50, ...filter }: InstanceFilter & { after?: string; limit?: number },
): Promise<{ items: readonly ListedInstance[]; next: string | null }> {
  needOperator(unit)
  if (after !== undefined && !isRecordId(after))
    throw new TesseraError('bad_request', 'The cursor `after` is damaged.')
  const statement = new StatementBuilder()
  const conditions = await conditionsOf(unit, { statement, filter })
  if (after !== undefined) conditions.push(`i.id > ${statement.constant(after, 'uuid')}`)
  const size = Math.min(limit, largestPage)
  const text =
    `select i.id, i.process, i.definition, i.object, i.record, i.states, i.step, i.started_at, i.updated_at ` +
    `from _instance i where ${conditions.join(' and ')} order by i.id limit ${size + 1}`
  const rows = await run<Row>(unit, statement.build(text))
  const page = rows.slice(0, size)
  return { items: await present(unit, page), next: rows.length > size ? (page.at(-1)?.id ?? null) : null }
}

/** The ids and step numbers of all instances that fit, at most so many, in order. */
export async function selectInstances(
  unit: UnitOfWork,
  { filter, most }: { filter: InstanceFilter; most: number },
): Promise<readonly { id: string; step: number }[]> {
  needOperator(unit)
  const statement = new StatementBuilder()
  const conditions = await conditionsOf(unit, { statement, filter })
  const text = `select i.id, i.step from _instance i where ${conditions.join(' and ')} order by i.id limit ${most}`
  return run(unit, statement.build(text))
}

/** The conditions over the instance `i`. */
async function conditionsOf(
  unit: UnitOfWork,
  { statement, filter }: { statement: StatementBuilder; filter: InstanceFilter },
): Promise<string[]> {
  const { trouble, process, state, tag, version, quietMs, ids } = filter
  const quietSince = new Date(unit.moment.now.getTime() - (quietMs ?? 0)).toISOString()
  // Only what is stuck depends on where instances are.
  const places = trouble === 'stuck' ? await livePlaces(unit, process) : []
  return [
    "i.status = 'active'",
    visibleRecord(unit, statement, process),
    ...(trouble === undefined ? [] : [await troubleCondition(unit, { trouble, statement, places })]),
    ...(process === undefined ? [] : [`i.process = ${statement.constant(process, 'text')}`]),
    ...(version === undefined ? [] : [`i.definition = ${statement.constant(version, 'text')}`]),
    ...(quietMs === undefined ? [] : [`i.updated_at <= ${statement.constant(quietSince, 'timestamptz')}`]),
    ...(ids === undefined ? [] : [`i.id = any(${statement.constant(ids.filter(isRecordId), 'uuid[]')})`]),
    ...(state === undefined ? [] : [inState(statement, state)]),
    ...(tag === undefined ? [] : [await withTag(unit, { statement, tag, process })]),
  ]
}

/** What is the matter with each of the instances on a page. */
async function troublesOf(
  unit: UnitOfWork,
  rows: readonly Row[],
): Promise<ReadonlyMap<string, readonly Trouble[]>> {
  if (rows.length === 0) return new Map()
  const statement = new StatementBuilder()
  const places = rows.map(({ process, definition, states }) => ({ process, definition, states, count: 1 }))
  const distinct = new Map(places.map((place) => [`${place.definition} ${place.states.join()}`, place]))
  const columns: string[] = []
  for (const trouble of troubles)
    columns.push(
      `${await troubleCondition(unit, { trouble, statement, places: [...distinct.values()] })} as ${trouble}`,
    )
  const ids = statement.constant(
    rows.map(({ id }) => id),
    'uuid[]',
  )
  const text = `select i.id, ${columns.join(', ')} from _instance i where i.id = any(${ids})`
  const found = await run<{ id: string } & Record<Trouble, boolean>>(unit, statement.build(text))
  return new Map(found.map((row) => [row.id, troubles.filter((trouble) => row[trouble])]))
}

function inState(statement: StatementBuilder, state: string): string {
  const path = statement.constant(state, 'text')
  return `exists (select 1 from unnest(i.states) s where s = ${path} or starts_with(s, ${path} || '.'))`
}

interface Row {
  readonly id: string
  readonly process: string
  readonly definition: string
  readonly object: string
  readonly record: string
  readonly states: readonly string[]
  readonly step: number
  readonly started_at: string
  readonly updated_at: string
}

async function run<T>(
  unit: UnitOfWork,
  statement: ReturnType<StatementBuilder['build']>,
): Promise<readonly T[]> {
  const values = parameterValues(statement, principalSlots(unit.principal), unit.moment)
  return (await unit.sql.unsafe(statement.text, values as never[])) as unknown as T[]
}

async function present(unit: UnitOfWork, rows: readonly Row[]): Promise<readonly ListedInstance[]> {
  const ids = rows.map(({ id }) => id)
  const records = rows.map(({ record }) => record)
  const [titles, inTrouble, timers, work, messages, refusals] = await Promise.all([
    titlesOf(unit, rows),
    troublesOf(unit, rows),
    select<ListedTimer & { instance: string }>(
      unit,
      `select instance, id, event_id as event, due_at, last_error as error, attempts, failed_at is not null as has_failed
       from _timer where instance = any($1::uuid[]) and status = 'pending' order by due_at`,
      ids,
    ),
    select<ListedWork & { instance: string }>(
      unit,
      `select w.instance, w.id, w.kind, w.title, w.due_at,
         case when w.assignee is not null then jsonb_build_object('id', w.assignee, 'name', u.name) end as assignee
       from _work_item w left join "user" u on u.id = w.assignee
       where w.instance = any($1::uuid[]) and w.completed_at is null and w.parent is null order by w.created_at`,
      ids,
    ),
    select<ListedMessage & { record: string }>(
      unit,
      `select record, id, kind, last_error as error from _effect
       where status = 'failed' and record = any($1::uuid[]) order by number`,
      records,
    ),
    select<{ instance: string; reason: string }>(
      unit,
      `select r.instance, r.reason from _process_migration_refusal r join _process_migration m on m.id = r.migration
       where r.instance = any($1::uuid[]) and m.status <> 'overtaken' order by r.at desc`,
      ids,
    ),
  ])
  const labelled = rows.map((row) => presentOne(unit, row))
  return (await Promise.all(labelled)).map((instance) => ({
    ...instance,
    record: { id: instance.record.id, title: titles.get(instance.record.id) ?? null },
    troubles: inTrouble.get(instance.id) ?? [],
    timers: of(timers, 'instance', instance.id),
    work: of(work, 'instance', instance.id),
    messages: of(messages, 'record', instance.record.id),
    left_because: refusals.find((refusal) => refusal.instance === instance.id)?.reason ?? null,
  }))
}

async function presentOne(unit: UnitOfWork, row: Row) {
  const { process: name, definition: hash } = row
  const process = await versionOf(unit, { name, hash })
  const current = unit.model.processes.get(name)
  const known = process ?? current
  return {
    id: row.id,
    process: name,
    label: known?.label ?? name,
    object: row.object,
    record: { id: row.record, title: null },
    version: hash,
    isCurrentVersion: current?.hash === hash,
    isUsable: process !== undefined,
    states: row.states.map((path) => ({ path, label: known?.states.get(path)?.label ?? path })),
    tags: describeTags(unit.model, tagsInStates(known, row.states)),
    step: row.step,
    started_at: row.started_at,
    moved_at: row.updated_at,
  }
}

function of<T, Key extends keyof T>(all: readonly T[], key: Key, value: T[Key]): readonly Omit<T, Key>[] {
  return all.filter((each) => each[key] === value).map(({ [key]: _, ...rest }) => rest)
}

async function select<T>(unit: UnitOfWork, text: string, ids: readonly string[]): Promise<readonly T[]> {
  if (ids.length === 0) return []
  return (await unit.sql.unsafe(text, [ids as string[]], { prepare: true })) as unknown as T[]
}
