import type { QueueModel } from '../../definitions/model/queue.ts'
import { readingWork, writingWork, type UnitOfWork, type WorkOptions } from '../../records/unit-of-work.ts'
import { overflowWork } from './move-place.ts'
import { tellPeople } from '../work-items/tell.ts'
import { askedBy, workItemSelect } from '../work-items/select.ts'
import type { WorkItemRow } from '../work-items/work-item.ts'
import { handOut, type Turns, type WaitingWork, type Worker } from './choose-person.ts'
import {
  capacityOf,
  isHere,
  isMemberOf,
  lockPeople,
  memberById,
  membersOfQueue,
  rulesFor,
  type Member,
} from './members.ts'

/** The most that one transaction gives out. */
const batch = 100

/**
 * Gives waiting work to those who have room: of one queue, or of every queue in which a person is a member. Doing so
 * twice does no harm. Each queue is a transaction of its own, in which nobody else gives out work of it.
 */
export async function handOutWork(
  work: WorkOptions,
  { queue, person }: { queue?: string | undefined; person?: string | undefined },
): Promise<void> {
  for (const each of await queuesFor(readingWork(work), { queue, person }))
    for (let isMore = true; isMore;) {
      const some = await writingWork(work, (unit) => handOutSome(unit, each))
      isMore = some.isMore
      for (const item of some.forNobody) await overflowWork(work, { item, queue: each.name, why: 'nobody' })
    }
}

async function queuesFor(
  unit: UnitOfWork,
  { queue, person }: { queue?: string | undefined; person?: string | undefined },
): Promise<readonly QueueModel[]> {
  const queues = [...unit.model.queues.values()].filter(
    ({ name, assignment, overflow }) =>
      (assignment !== 'pull' || overflow?.isWhenNobody === true) && (queue === undefined || name === queue),
  )
  const waiting = await withWork(unit, queues)
  if (person === undefined || waiting.length === 0) return waiting
  const member = await memberById(unit, person)
  // Somebody who left leaves work that perhaps nobody else can do.
  return member === undefined ? waiting : waiting.filter((each) => isMemberOf(each, member))
}

/** Those in which something waits: mostly nothing does, and then there is nothing to lock. */
async function withWork(unit: UnitOfWork, queues: readonly QueueModel[]): Promise<readonly QueueModel[]> {
  if (queues.length === 0) return queues
  const rows = (await unit.sql.unsafe(
    `select name from unnest($1::text[]) as q(name) where exists (
       select 1 from _work_item w where w.queue = q.name and w.status = 'open' and w.assignee is null)`,
    [queues.map(({ name }) => name)],
    { prepare: true },
  )) as unknown as { name: string }[]
  const names = new Set(rows.map(({ name }) => name))
  return queues.filter(({ name }) => names.has(name))
}

interface Some {
  /** There may be more to give out. */
  readonly isMore: boolean
  /** What nobody who is here can take, and so goes to another queue. */
  readonly forNobody: readonly string[]
}

async function handOutSome(unit: UnitOfWork, queue: QueueModel): Promise<Some> {
  const turns = await lockTurns(unit, queue.name)
  const members = (await membersOfQueue(unit, queue)).filter((member) =>
    isHere(member, queue, unit.moment.now),
  )
  await lockPeople(
    unit,
    members.map(({ id }) => id),
  )
  const here = members.length === 0 ? [] : await membersOfQueue(unit, queue)
  const workers = here.filter((member) => isHere(member, queue, unit.moment.now))
  const rules = new Map(workers.map((member) => [member.id, new Set(rulesFor(queue, member))]))
  const possible = new Set([...rules.values()].flatMap((names) => [...names]))
  const impossible = await withoutAnybody(unit, queue, [...possible])
  if (queue.assignment === 'pull' || workers.length === 0) return { isMore: false, forNobody: impossible }
  const waiting = await waitingIn(unit, queue, [...possible])
  const lasts = await lastOf(unit, waiting)
  const result = handOut({
    workers: workers.map((member) => workerOf(queue, member)),
    items: waiting.map((row) => ({
      id: row.id,
      units: row.units,
      last: row.sticky === null ? undefined : lasts.get(row.sticky),
      isFor: (id) => mayGet(row, id) && rules.get(id)?.has(ruleOf(queue, row)) === true,
    })) satisfies WaitingWork[],
    method: queue.otherwise,
    turns,
  })
  if (result.given.length > 0) {
    await give(unit, { queue, given: result.given })
    await saveTurns(unit, queue.name, result)
  }
  const tooMuch = queue.overflow?.isWhenNobody === true ? result.forNobody : []
  return {
    isMore: waiting.length === batch && result.given.length > 0,
    forNobody: [...impossible, ...tooMuch],
  }
}

function workerOf(queue: QueueModel, member: Member): Worker {
  const { id, load, share, turn, pass } = member
  return { id, load, capacity: capacityOf(queue, member), share, turn, pass }
}

/** The rule of waiting work; work of a rule that is gone follows none until it is placed anew. */
function ruleOf({ rules }: QueueModel, { queue_rule: rule }: Waiting): string {
  return rules.some(({ name }) => name === rule) ? rule : ''
}

interface Waiting {
  readonly id: string
  readonly queue_rule: string
  readonly units: number
  readonly sticky: string | null
  readonly kind: 'task' | 'approval'
  readonly form: WorkItemRow['form']
  /** Who has given it back. */
  readonly released_by: readonly string[]
}

/** Nobody gets back what he has given back, nor decides what he asked for. */
function mayGet({ kind, form, released_by: released }: Waiting, person: string): boolean {
  const isBarred = kind === 'approval' && !form.may_requester_approve && form.requested_by === person
  return !isBarred && !released.includes(person)
}

/** What is being changed by somebody else at this moment is left out; his change brings it back here. */
async function waitingIn(
  unit: UnitOfWork,
  queue: QueueModel,
  rules: readonly string[],
): Promise<readonly Waiting[]> {
  return (await unit.sql.unsafe(
    `select w.id, w.queue_rule, w.units, w.sticky, w.kind, w.form,
       array(select e.from_user from _work_event e where e.item = w.id and e.act = 'release') as released_by
     from _work_item w where w.queue = $1::text and w.status = 'open' and w.assignee is null
       and (w.queue_rule = any($2::text[]) or $3::boolean and w.queue_rule <> all($4::text[]))
     order by w.queue_rank, w.id limit ${batch} for update of w skip locked`,
    [queue.name, rules as string[], rules.includes(''), queue.rules.map(({ name }) => name)],
    { prepare: true },
  )) as unknown as Waiting[]
}

/** Who had last what work is sticky by. */
async function lastOf(unit: UnitOfWork, waiting: readonly Waiting[]): Promise<ReadonlyMap<string, string>> {
  const keys = [...new Set(waiting.flatMap(({ sticky }) => sticky ?? []))]
  if (keys.length === 0) return new Map()
  const rows = (await unit.sql.unsafe(
    `select k.sticky, (select w.assignee from _work_item w where w.sticky = k.sticky and w.claimed_at is not null
       and w.assignee is not null order by w.claimed_at desc limit 1) as person
     from unnest($1::text[]) as k(sticky)`,
    [keys],
    { prepare: true },
  )) as unknown as { sticky: string; person: string | null }[]
  return new Map(rows.flatMap(({ sticky, person }) => (person === null ? [] : [[sticky, person]])))
}

async function give(
  unit: UnitOfWork,
  { queue, given }: { queue: QueueModel; given: readonly { item: string; person: string }[] },
): Promise<void> {
  await unit.sql.unsafe(
    `with given as (select * from unnest($1::uuid[], $2::uuid[]) as g(item, person)),
       changed as (update _work_item w set assignee = g.person, status = 'claimed', claimed_at = $3::timestamptz,
         version = version + 1 from given g where w.id = g.item returning w.id, w.assignee)
     insert into _work_event (item, at, act, to_user, detail)
       select id, $3::timestamptz, 'assign', assignee, jsonb_build_object('queue', $4::text) from changed`,
    [
      given.map(({ item }) => item),
      given.map(({ person }) => person),
      unit.moment.now.toISOString(),
      queue.name,
    ],
    { prepare: true },
  )
  const rows = (await unit.sql.unsafe(
    `${workItemSelect} where w.id = any($3::uuid[])`,
    [...askedBy(unit), given.map(({ item }) => item)],
    { prepare: true },
  )) as unknown as WorkItemRow[]
  for (const item of rows) await tellPeople(unit, { text: 'assign', people: [item.assignee], item })
}

/** Work under rules that nobody who is here satisfies, where the queue says that it goes on. */
async function withoutAnybody(
  unit: UnitOfWork,
  queue: QueueModel,
  possible: readonly string[],
): Promise<readonly string[]> {
  if (queue.overflow?.isWhenNobody !== true) return []
  const rows = (await unit.sql.unsafe(
    `select id from _work_item where queue = $1::text and status = 'open' and assignee is null
       and queue_rule <> all($2::text[]) order by queue_rank, id limit 1000`,
    [queue.name, possible as string[]],
    { prepare: true },
  )) as unknown as { id: string }[]
  return rows.map(({ id }) => id)
}

/** Locks the turns of a queue: from here on nobody else hands its work out until this transaction ends. */
async function lockTurns(unit: UnitOfWork, queue: string): Promise<Turns> {
  await unit.sql.unsafe('insert into _queue (name) values ($1::text) on conflict do nothing', [queue], {
    prepare: true,
  })
  const [row] = (await unit.sql.unsafe(
    'select turn, pass from _queue where name = $1::text for update',
    [queue],
    {
      prepare: true,
    },
  )) as unknown as Turns[]
  return row as Turns
}

async function saveTurns(
  unit: UnitOfWork,
  queue: string,
  { turns, changed }: { turns: Turns; changed: readonly Worker[] },
): Promise<void> {
  await unit.sql.unsafe(
    'update _queue set turn = $2::bigint, pass = $3::double precision where name = $1::text',
    [queue, turns.turn, turns.pass],
    { prepare: true },
  )
  await unit.sql.unsafe(
    `insert into _queue_turn (queue, person, turn, pass)
     select $1::text, * from unnest($2::uuid[], $3::bigint[], $4::double precision[])
     on conflict (queue, person) do update set turn = excluded.turn, pass = excluded.pass`,
    [queue, changed.map(({ id }) => id), changed.map(({ turn }) => turn), changed.map(({ pass }) => pass)],
    { prepare: true },
  )
}
