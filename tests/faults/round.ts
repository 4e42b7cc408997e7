import { setTimeout as wait } from 'node:timers/promises'
import { happenedOnce, keptWord, reachedCarrier } from './checks/once.ts'
import { replayLogs } from './checks/replay.ts'
import { tenant, type House } from './house.ts'
import { Ledger } from './ledger.ts'
import { load, newParcels } from './load.ts'
import { letHappen, planMishaps, type Mishap } from './mishaps.ts'
import { Chance } from './random.ts'

const lengthMs = 2_500
const restMs = 40_000

export interface RoundReport {
  readonly mishaps: readonly Mishap[]
  /** How many acts were told as done, refused, or not told at all. */
  readonly told: { readonly done: number; readonly refused: number; readonly nothing: number }
  /** Milliseconds from the last mishap until everything was at rest. */
  readonly restedMs: number
  /** What is not as it must be. */
  readonly faults: readonly string[]
}

/** Random load and random mishaps by the seed, then everything comes to rest and is looked at. */
export async function playRound(house: House, seed: number): Promise<RoundReport> {
  const chance = new Chance(seed)
  const ledger = new Ledger()
  const parcels = await newParcels(house, { chance: chance.fork(), ledger, count: 10 })
  const mishaps = planMishaps(chance.fork(), lengthMs)
  // Both end before a fault of one of them is told: else the other goes on in a house that is being closed.
  const course = await Promise.allSettled([
    load(house, { chance: chance.fork(), ledger, parcels, until: Date.now() + lengthMs }),
    letHappen(house, mishaps),
  ])
  for (const part of course) if (part.status === 'rejected') throw part.reason
  const over = Date.now()
  const all = [...parcels]
  const unrest = await comeToRest(house, { ledger, all })
  const faults = [
    ...unrest,
    ...house.nodes.flatMap(({ fault, port }) => (fault === undefined ? [] : [`node ${port} ${fault}`])),
    ...(await replayLogs(house, all)),
    ...(await happenedOnce(house, all)),
    ...(await reachedCarrier(house, ledger, all)),
    ...(await keptWord(house, ledger)),
  ]
  return {
    mishaps,
    told: { done: ledger.told('done'), refused: ledger.told('refused'), nothing: ledger.told('nothing') },
    restedMs: Date.now() - over,
    faults,
  }
}

/** Waits until every node answers, no statement is under way and no timer is due; gives the parcels of the round. */
async function comeToRest(
  house: House,
  { ledger, all }: { ledger: Ledger; all: string[] },
): Promise<readonly string[]> {
  const deadline = Date.now() + restMs
  const titles = ledger.of('create').map(({ key }) => key)
  let unrest: readonly string[] = ['nothing has been looked at']
  for (let calm = 0; calm < 2 && Date.now() < deadline;) {
    await wait(150)
    unrest = await unrestOf(house, titles).catch((error: unknown) => [String(error)])
    calm = unrest.length === 0 ? calm + 1 : 0
  }
  const rows = await house.sql<{ id: string }[]>`select id from parcel where title = any (${titles}::text[])`
  all.splice(0, all.length, ...rows.map(({ id }) => id))
  return unrest.map((text) => `did not come to rest in ${restMs / 1_000} s: ${text}`)
}

async function unrestOf(house: House, titles: readonly string[]): Promise<readonly string[]> {
  const answers = await Promise.all(
    house.nodes.map(({ port }) => answersAtAll(port, house.people[0]?.key ?? '')),
  )
  if (answers.includes(false)) return ['a node does not answer']
  const busy = await house.database.platform<{ query: string }[]>`
    select query from pg_stat_activity where application_name = ${`tessera ${tenant}`} and pid <> pg_backend_pid()
      and state <> 'idle'`
  const late = await house.sql<{ event: string; due: string; status: string }[]>`
    select t.event_id as event, t.due_at as due from _timer t join _instance i on i.id = t.instance
    join parcel p on p.id = i.record
    where t.status = 'pending' and t.due_at < now() + interval '1 hour' and p.title = any (${titles as string[]}::text[])`
  const waiting = await house.sql<{ status: string; error: string | null }[]>`
    select e.status, e.last_error as error from _effect e join parcel p on p.id = e.record
    where e.status = 'waiting' and p.title = any (${titles as string[]}::text[])`
  // One whose success was not heard of, because the connection or its node was lost, runs again and finds nothing to do.
  const running = await house.database.platform<{ job: string }[]>`
    select t.identifier || coalesce(', after: ' || j.last_error, '') as job
    from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
    where j.locked_at is not null
      or (j.attempts < j.max_attempts and j.run_at < now() + case when j.last_error is null
        then interval '1 second' else interval '1 hour' end)`
  return [
    ...running.map(({ job }) => `a job runs or is tried again: ${job}`),
    ...waiting.map(({ error }) => `a request waits: ${error}`),
    ...busy.map(({ query }) => `under way: ${query}`),
    ...late.map(({ event, due }) => `waits: ${event} until ${due}`),
  ]
}

/** Every connection of a node's pool has to work again, so several requests go to it at once. */
async function answersAtAll(port: number, key: string): Promise<boolean> {
  const answers = await Promise.all(
    Array.from({ length: 8 }, async () => {
      try {
        const response = await fetch(`http://127.0.0.1:${port}/api/work-items/count`, {
          headers: { authorization: `Bearer ${key}` },
          signal: AbortSignal.timeout(3_000),
        })
        await response.text()
        return response.ok
      } catch {
        return false
      }
    }),
  )
  return answers.every(Boolean)
}
