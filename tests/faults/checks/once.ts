import type { House } from '../house.ts'
import type { Ledger } from '../ledger.ts'

/** Statements that give a line for each thing that is not as it must be; $1 are the parcels. */
const statements: Readonly<Record<string, string>> = {
  'passages are not marked once each': `
    select p.id, p.hits, m.numbers from parcel p
    join _instance i on i.record = p.id
    cross join lateral (select coalesce(array_agg(number order by number), '{}') as numbers from mark where parcel = p.id) m
    where p.id = any ($1) and (m.numbers <> array(select generate_series(1, coalesce(p.hits, 0)))
      or coalesce(p.hits, 0) <> (i.snapshot::jsonb -> 'context' ->> 'count')::int or coalesce(p.hits, 0) <> i.step)`,
  'passages are not noted once each': `
    select p.id, p.hits, n.notes from parcel p
    cross join lateral (select count(*) as notes, count(distinct cause ->> 'note') as different from _change
      where object = 'parcel' and record = p.id and action = 'note') n
    where p.id = any ($1) and (n.notes <> coalesce(p.hits, 0) or n.different <> n.notes)`,
  'versions of a record have a gap or a double': `
    select record, array_agg(version order by version) as versions from _change
    where record = any ($1) and action <> 'note' group by record
    having min(version) <> 1 or max(version) <> count(*) or count(distinct version) <> count(*)`,
  'a state has not set its one timer': `
    select i.record, i.step, count(t.*) as timers from _instance i join _timer t on t.instance = i.id
    where i.record = any ($1) group by i.id having count(t.*) <> i.step + 1`,
  'a timer has not made its one step': `
    select i.record, f.fired, s.steps from _instance i
    cross join lateral (select count(*) as fired from _timer where instance = i.id and status = 'fired') f
    cross join lateral (select count(*) as steps from _step where instance = i.id and event like 'after %') s
    where i.record = any ($1) and f.fired <> s.steps`,
  'a state at rest waits for other timers than its own': `
    select i.record, i.states, array_agg(t.event_id) as waits from _instance i join _timer t on t.instance = i.id
    where i.record = any ($1) and t.status = 'pending' group by i.id
    having count(*) <> 1 or min(t.event_id) not like '%' || i.states[1]`,
  'a timer waits without its job': `
    select t.id, t.event_id, count(j.*) as jobs from _timer t join _instance i on i.id = t.instance
    left join platform_jobs j on j.payload ->> 'timer' = t.id::text
    where i.record = any ($1) group by t.id having count(j.*) <> (t.status = 'pending')::int`,
  'a request was not written once for each event': `
    select i.record, e.requests, s.steps from _instance i
    cross join lateral (select count(*) as requests, count(distinct idempotency_key) as keys from _effect where record = i.record) e
    cross join lateral (select count(*) as steps from _step where instance = i.id and event = 'go') s
    where i.record = any ($1) and (e.requests <> s.steps or e.keys <> s.steps)`,
  'a request was not delivered once': `
    select e.id, e.status, e.attempts, count(a.*) as deliveries from _effect e
    left join _effect_attempt a on a.effect = e.id and a.outcome = 'delivered'
    where e.record = any ($1) group by e.id having count(a.*) <> 1 or e.status <> 'delivered'`,
  'work was not opened once each time': `
    select i.record, w.items, s.steps from _instance i
    cross join lateral (select count(*) as items from _work_item where instance = i.id) w
    cross join lateral (select count(*) as steps from _step where instance = i.id and event = 'go') s
    where i.record = any ($1) and w.items <> s.steps`,
  'work was not done once each time': `
    select i.record, w.items, s.steps from _instance i
    cross join lateral (select count(*) filter (where status = 'done') as items, count(*) filter (where completed_at is null) as left
      from _work_item where instance = i.id) w
    cross join lateral (select count(*) as steps from _step where instance = i.id and event = 'task done') s
    where i.record = any ($1) and (w.items <> s.steps or w.left > 0)`,
  'work has two winners': `
    select w.id, count(*) as claims from _work_item w join _work_event e on e.item = w.id and e.act = 'claim'
    where w.record = any ($1) group by w.id having count(*) > 1 or min(e.by::text) <> w.assignee::text`,
}

/** Everything that happened in these parcels happened once. */
export async function happenedOnce(house: House, parcels: readonly string[]): Promise<readonly string[]> {
  const { platform } = house.database
  const found = await platform.begin(async (sql) => {
    await sql.unsafe('set local search_path = t_main')
    await sql.unsafe(
      'create temporary view platform_jobs as select payload::jsonb as payload from graphile_worker._private_jobs',
    )
    const results: string[] = []
    for (const [what, statement] of Object.entries(statements)) {
      const rows = await sql.unsafe(statement, [parcels as string[]])
      results.push(...rows.map((row) => `${what}: ${JSON.stringify(row)}`))
    }
    await sql.unsafe('drop view platform_jobs')
    return results
  })
  return found
}

/** The carrier knows of each event that happened, under one key, and of no other. */
export async function reachedCarrier(
  { sql, carrier }: House,
  ledger: Ledger,
  parcels: readonly string[],
): Promise<readonly string[]> {
  const rows = await sql<{ key: string }[]>`
    select key from mark where kind = 'go' and parcel = any (${parcels as string[]}::uuid[])`
  const happened = new Set(rows.map(({ key }) => key))
  const found = [...happened].flatMap((key) => {
    const keys = carrier.received.get(key)?.size ?? 0
    if (carrier.confirmed.has(key) && keys === 1) return []
    return [`event ${key} reached the carrier under ${keys} keys, confirmed: ${carrier.confirmed.has(key)}`]
  })
  const invented = ledger.of('event').filter(({ key }) => carrier.received.has(key) && !happened.has(key))
  return [
    ...found,
    ...invented.map(({ key }) => `the carrier was asked for event ${key}, which did not happen`),
  ]
}

/** What the clients were told is so: what is done is there, once; what was refused is not. */
export async function keptWord({ sql }: House, ledger: Ledger): Promise<readonly string[]> {
  const found: string[] = []
  const events = ledger.of('event')
  const marks = await countBy(sql`
    select key as name, count(*)::int as count from mark
    where key = any (${events.map(({ key }) => key)}::text[]) and kind in ('go', 'recall') group by key`)
  for (const { key, told, target } of events) {
    const count = marks.get(key) ?? 0
    if (!fits(told, count))
      found.push(`event ${key} of parcel ${target} was told as ${told} and happened ${count} times`)
  }
  const creations = ledger.of('create')
  const titles = await countBy(sql`
    select title as name, count(*)::int as count from parcel
    where title = any (${creations.map(({ key }) => key)}::text[]) group by title`)
  for (const { key, told } of creations)
    if (!fits(told, titles.get(key) ?? 0))
      found.push(`parcel ${key} was told as ${told} and is there ${titles.get(key) ?? 0} times`)
  const acts = [...ledger.of('claim', 'done'), ...ledger.of('complete', 'done')]
  const logged = await countBy(sql`
    select concat(act, ' ', item, ' ', by) as name, count(*)::int as count from _work_event
    where item = any (${acts.map(({ target }) => target)}::uuid[]) group by 1`)
  for (const { act, target, person } of acts)
    if (logged.get(`${act} ${target} ${person}`) !== 1)
      found.push(`${act} of work ${target} by ${person} was told as done and is not logged once`)
  return found
}

function fits(told: 'done' | 'refused' | 'nothing', count: number): boolean {
  if (told === 'nothing') return count <= 1
  return count === (told === 'done' ? 1 : 0)
}

async function countBy(
  rows: PromiseLike<readonly Record<string, unknown>[]>,
): Promise<ReadonlyMap<string, number>> {
  return new Map((await rows).map(({ name, count }) => [String(name), Number(count)]))
}
