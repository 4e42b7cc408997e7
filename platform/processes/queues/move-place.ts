import type { ObjectModel } from '../../definitions/model/model.ts'
import { readingWork, writingWork, type UnitOfWork, type WorkOptions } from '../../records/unit-of-work.ts'
import type { RecordValues } from '../../records/values.ts'
import { lockIfPresent } from '../steps/lock-if-present.ts'
import { placeOf, type Place } from './place.ts'
import { letWait } from './wait.ts'

/** Work of a queue as far as its place goes. */
export interface PlacedRow extends Place {
  readonly id: string
  readonly object: string
  readonly record: string
  readonly own_priority: number | null
  readonly created_at: string
}

const select =
  `select id, object, record, queue, queue_rule, queue_definition, queue_rank, queued_at, overflow_at, priority, units, ` +
  `sticky, candidate_roles, candidate_users, candidate_teams, created_at, (form->>'priority')::int as own_priority from _work_item`
const isWaiting = `status = 'open' and assignee is null and queue is not null`

/** A record has changed: its waiting work is placed anew, where its place depends on one of the fields. */
export async function placeAnew(
  unit: UnitOfWork,
  { object, record, fields }: { object: ObjectModel; record: RecordValues; fields: ReadonlySet<string> },
): Promise<void> {
  const depends = [...unit.model.queues.values()].some(
    (queue) => queue.object === object.name && [...queue.fields].some((field) => fields.has(field)),
  )
  if (!depends) return
  const rows = (await unit.sql.unsafe(
    `${select} where object = $1::text and record = $2::uuid and ${isWaiting} for update`,
    [object.name, String(record.id)],
    { prepare: true },
  )) as unknown as PlacedRow[]
  for (const row of rows) await moveTo(unit, { row, queue: row.queue, object, record })
}

/**
 * Work that has waited too long, or that nobody who is here can take, goes to the queue that is declared. Who has taken it
 * meanwhile keeps it, and a job for a queue that it has left is dropped.
 */
export async function overflowWork(
  work: WorkOptions,
  { item, queue, why = 'time' }: { item: string; queue: string; why?: 'time' | 'nobody' },
): Promise<void> {
  await writingWork(work, async (unit) => {
    const [found] = (await unit.sql.unsafe(`${select} where id = $1::uuid`, [item])) as unknown as PlacedRow[]
    const object = unit.model.objects.get(found?.object ?? '')
    const to = unit.model.queues.get(queue)?.overflow?.to
    if (found === undefined || object === undefined || to === undefined) return
    const record = await lockIfPresent(unit, object, found.record)
    if (record === undefined) return
    const [row] = (await unit.sql.unsafe(
      `${select} where id = $1::uuid and queue = $2::text and ${isWaiting} for update`,
      [item, queue],
    )) as unknown as PlacedRow[]
    if (row === undefined) return
    const isTime = row.overflow_at !== null && new Date(row.overflow_at) <= unit.moment.now
    if (why === 'nobody' || isTime) await moveTo(unit, { row, queue: to, object, record })
  })
}

const batch = 200

/** Places work anew that was placed under an earlier version of its queue. A second run does what is left. */
export async function renewPlaces(work: WorkOptions): Promise<void> {
  let last = '00000000-0000-0000-0000-000000000000'
  for (;;) {
    const rows = await outdated(readingWork(work), last)
    for (const { id, object: name, record: of } of rows)
      await writingWork(work, async (unit) => {
        const object = unit.model.objects.get(name)
        const record = object && (await lockIfPresent(unit, object, of))
        const [row] = (await unit.sql.unsafe(`${select} where id = $1::uuid and ${isWaiting} for update`, [
          id,
        ])) as unknown as PlacedRow[]
        if (object !== undefined && record !== undefined && row !== undefined)
          await moveTo(unit, { row, queue: row.queue, object, record })
      })
    const end = rows.at(-1)
    if (end === undefined || rows.length < batch) return
    last = end.id
  }
}

async function outdated(unit: UnitOfWork, last: string): Promise<readonly PlacedRow[]> {
  const queues = [...unit.model.queues.values()]
  return (await unit.sql.unsafe(
    `${select} w where ${isWaiting} and w.id > $1::uuid and exists (
       select 1 from unnest($2::text[], $3::text[]) as known(name, hash)
       where known.name = w.queue and known.hash is distinct from w.queue_definition)
     order by w.id limit ${batch}`,
    [last, queues.map(({ name }) => name), queues.map(({ hash }) => hash)],
  )) as unknown as PlacedRow[]
}

const columns = {
  queue: 'text',
  queue_rule: 'text',
  queue_definition: 'text',
  queue_rank: 'double precision',
  queued_at: 'timestamptz',
  overflow_at: 'timestamptz',
  priority: 'int',
  units: 'int',
  sticky: 'text',
  candidate_roles: 'text[]',
  candidate_users: 'uuid[]',
  candidate_teams: 'uuid[]',
} as const satisfies Readonly<Record<keyof Place, string>>

/** Places waiting work, whose row is locked, as its record is now; the log says where it came from if it moved. */
async function moveTo(
  unit: UnitOfWork,
  options: { row: PlacedRow; queue: string; object: ObjectModel; record: RecordValues },
): Promise<void> {
  const { row, object, record } = options
  const isMoved = options.queue !== row.queue
  const { now } = unit.moment
  const place = await placeOf(unit, {
    queue: options.queue,
    object,
    record,
    priority: row.own_priority ?? undefined,
    since: new Date(row.created_at),
    queuedAt: isMoved ? now : new Date(row.queued_at),
  })
  const names = Object.keys(columns) as (keyof Place)[]
  if (names.every((name) => JSON.stringify(place[name]) === JSON.stringify(row[name]))) return
  const isElsewhere = place.queue !== row.queue
  const sets = names.map((name, at) => `${name} = $${at + 2}::${columns[name]}`)
  await unit.sql.unsafe(
    `update _work_item set ${sets.join(', ')}, version = version + 1 where id = $1::uuid`,
    [
      row.id,
      ...(names.map((name) =>
        name === 'queued_at' && isElsewhere ? now.toISOString() : place[name],
      ) as never[]),
    ],
    { prepare: true },
  )
  if (isElsewhere)
    await unit.sql.unsafe(
      `insert into _work_event (item, at, act, detail)
       values ($1::uuid, $2::timestamptz, 'overflow', jsonb_build_object('queue', jsonb_build_array($3::text, $4::text)))`,
      [row.id, now.toISOString(), row.queue, place.queue],
      { prepare: true },
    )
  await letWait(unit, { id: row.id, ...place })
}
