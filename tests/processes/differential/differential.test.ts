import { expect, it } from 'vitest'
import { hashOf } from '../../../platform/definitions/link/canonical.ts'
import type { Model, ProcessModel } from '../../../platform/definitions/model/model.ts'
import { TesseraError } from '../../../platform/access/errors.ts'
import { completeWorkItem, fireTimer, sendEvent } from '../../../platform/processes/index.ts'
import { machineOf } from '../../../platform/processes/machine/machine-cache.ts'
import { pinnedProcess } from '../../../platform/processes/steps/pinned-process.ts'
import { createRecord, writingWork, type UnitOfWork } from '../../../platform/records/index.ts'
import { freshDatabase } from '../../harness/fresh-database.ts'
import { testTenant } from '../../harness/tenant.ts'
import { inMemory, type Seen } from './in-memory.ts'
import { eventNames, mostStates, randomMachine, type RandomMachine } from './random-machine.ts'
import { Random } from './random.ts'

const machines = Number(process.env.TESSERA_MACHINES ?? 1_000)
const firstSeed = Number(process.env.TESSERA_MACHINE_SEED ?? 1)
const turns = 4
const lanes = 6
/** Reasons for which a machine itself cannot go on. */
const broken = ['endless', 'torn']

const asking = { label: 'Ask', form: { x: { type: 'integer', required: true } } }
const plain = { label: 'Go on' }
const own = { label: 'By itself', allowed_roles: {} }
const jumps = Array.from({ length: mostStates + 12 }, (_, at) => `j${at}`)
const documentOf = (machine: unknown, sent: readonly string[]) => ({
  name: 'flow',
  label: 'Flow',
  object: 'thing',
  state_field: 'stage',
  starts: 'on_create',
  run_as: 'robot',
  events: Object.fromEntries([
    ...eventNames.asking.map((name) => [name, asking]),
    ...[...eventNames.plain, ...sent.filter((name) => name.startsWith('j'))].map((name) => [name, plain]),
    ...eventNames.own.map((name) => [name, own]),
  ]) as Record<string, unknown>,
  context: beginning,
  machine,
})
const beginning = { n: 0, m: 0 }
/** The version in force, on which no record of this test lives. */
const inForce = {
  initial: 'idle',
  states: {
    idle: {
      meta: { label: 'Idle' },
      entry: eventNames.own.map((event) => ({ type: 'raise', params: { event } })),
      on: Object.fromEntries(
        Object.values(eventNames)
          .flat()
          .concat(jumps as never)
          .map((name) => [name, 'over']),
      ),
    },
    over: { type: 'final', meta: { label: 'Over' } },
  },
}

const database = await freshDatabase()
const tenant = await testTenant(database, {
  object: {
    thing: {
      name: 'thing',
      label: 'Thing',
      name_field: 'title',
      ownership: 'none',
      lifecycle: 'flow',
      fields: { title: { type: 'text' }, stage: { type: 'state' } },
    },
  },
  role: { robot: { name: 'robot', label: 'Robot', objects: { thing: { read: 'all', update: 'all' } } } },
  process: { flow: documentOf(inForce, jumps) },
} as never)
const admin = await tenant.person('Ada', { roles: ['administrator'] })
const start = Date.parse('2026-11-22T08:00:00.000Z')

it(
  `the durable runtime does what XState does in memory, restarted before each event, for ${machines} machines`,
  { timeout: 3_600_000 },
  async () => {
    let next = firstSeed
    const lane = async () => {
      while (next < firstSeed + machines) {
        const seed = next++
        await compare(seed).catch((error: unknown) => {
          throw new Error(`Machine ${seed} (TESSERA_MACHINE_SEED=${seed} TESSERA_MACHINES=1)`, {
            cause: error,
          })
        })
      }
    }
    await Promise.all(Array.from({ length: lanes }, lane))
  },
)

/** Sends both the same events at the same times, and compares what they did after each. */
async function compare(seed: number): Promise<void> {
  const random = new Random(seed)
  const made = randomMachine(random)
  const memory = inMemory(made, beginning)
  if (memory.fault() !== undefined)
    return expect(Durable.begin(made)).rejects.toMatchObject(refusedAs(memory.fault()))
  const durable = await Durable.begin(made)
  let now = 0
  let seen = await durable.seen()
  expect(seen).toMatchObject(memory.seen())
  // Where XState enters a state anew without having left it, it keeps two timers and later cancels one; we cancel both.
  for (let turn = 0; turn < turns && !seen.isEnded && !seen.isDoubled; turn++) {
    const doing = takeTurn(durable, memory, { random, made, now, work: seen.work })
    const fault = memory.fault()
    if (fault !== undefined) {
      await expect(doing).rejects.toMatchObject(refusedAs(fault))
      return expect(await durable.seen()).toEqual(seen)
    }
    const after = await doing
    if (after === 'broken') return
    now = after ?? now
    seen = await durable.seen()
    expect(seen, `turn ${turn}`).toMatchObject(memory.seen())
  }
}

/** What tears itself apart may never come to rest in memory, where it goes on as it was; here it is refused as either. */
const refusedAs = (reason: 'endless' | 'torn' | undefined) => ({
  code: 'event_refused',
  members: { reason: reason === 'endless' ? expect.stringMatching(/^(endless|torn)$/) : reason },
})

/** Something that a person does, or time that goes by; gives the new time where it has moved. */
function takeTurn(
  durable: Durable,
  memory: Memory,
  options: { random: Random; made: RandomMachine; now: number; work: readonly OpenWork[] },
): Promise<number | 'broken' | void> {
  const { random, made, now, work } = options
  const kind = random.next()
  if (kind < 0.25) return moveOn(durable, memory, { from: now, by: random.below(3_000_000) })
  if (kind < 0.45 && work.length > 0) {
    const { id, invocation } = random.of(work)
    memory.finish(invocation)
    return durable.finish(id, now)
  }
  const event = random.of(made.events)
  const values = (eventNames.asking as readonly string[]).includes(event) ? { x: random.below(6) } : {}
  memory.send(event, values)
  return durable.send(event, values, now)
}

/**
 * Time goes by: everything that comes due goes off at its own moment. Where the machine cannot go on when a timer goes
 * off, the durable one refuses that step, and it is over.
 */
async function moveOn(
  durable: Durable,
  memory: Memory,
  { from, by }: { from: number; by: number },
): Promise<number | 'broken'> {
  const end = from + by
  for (let timers = await durable.due(end); timers.length > 0; timers = await durable.due(end)) {
    const next = Math.min(...timers.map(({ at: moment }) => moment))
    memory.moveTo(next)
    const fire = async () => {
      for (const timer of timers.filter(({ at: moment }) => moment === next))
        await durable.fire(timer.id, next)
    }
    const fault = memory.fault()
    if (fault !== undefined) {
      await expect(fire()).rejects.toMatchObject(refusedAs(fault))
      return 'broken'
    }
    await fire()
    expect(await durable.seen(), `at ${next}`).toMatchObject(memory.seen())
  }
  memory.moveTo(end)
  return end
}

type Memory = ReturnType<typeof inMemory>

class Durable {
  readonly #model: Model
  readonly #record: string
  readonly #instance: string
  readonly #process: ProcessModel

  private constructor(options: { model: Model; record: string; instance: string; process: ProcessModel }) {
    this.#model = options.model
    this.#record = options.record
    this.#instance = options.instance
    this.#process = options.process
  }

  /** The record begins with the machine; every later step finds the machine in the database, by its hash. */
  static async begin(made: RandomMachine): Promise<Durable> {
    const document = documentOf(made.machine, made.events)
    const hash = hashOf(document)
    await database.platform`
      insert into t_test._process_definition (hash, name, document)
      values (${hash}, 'flow', ${JSON.stringify(document)}) on conflict do nothing`
    const process = await tenant.read(admin, (unit) => pinnedProcess(unit, { name: 'flow', hash }))
    const record = await at(0, withProcess(process), (unit) =>
      createRecord(unit, { object: 'thing', values: { title: 'One' } }),
    )
    const id = String(record.id)
    const [row] = await tenant.sql<{ id: string }[]>`select id from _instance where record = ${id}`
    return new Durable({ model: tenant.model, record: id, instance: String(row?.id), process })
  }

  /** What the machine has no transition for is refused, and changes nothing. */
  async send(event: string, values: object, now: number): Promise<void> {
    try {
      await at(now, this.#model, (unit) =>
        sendEvent(unit, { object: 'thing', id: this.#record, event, values: values as never }),
      )
    } catch (error) {
      const isRefused = error instanceof TesseraError && error.code === 'event_refused'
      if (!isRefused || broken.includes(String(error.members.reason))) throw error
    }
  }

  async finish(id: string, now: number): Promise<void> {
    await at(now, this.#model, (unit) => completeWorkItem(unit, { id }))
  }

  async due(until: number): Promise<readonly { id: string; at: number }[]> {
    const moment = new Date(start + until).toISOString()
    const rows = await tenant.sql<{ id: string; at: string }[]>`
      select id, due_at as at from _timer
      where instance = ${this.#instance} and status = 'pending' and due_at <= ${moment} order by due_at, id`
    return rows.map((row) => ({ id: row.id, at: Date.parse(row.at) - start }))
  }

  async fire(id: string, now: number): Promise<void> {
    await fireTimer({ ...tenant.work(admin), model: this.#model, now: new Date(start + now) }, id)
  }

  async seen(): Promise<SeenHere> {
    const [row] = await tenant.sql<[SeenRow]>`
      select i.states, i.snapshot, i.snapshot::jsonb -> 'context' as context, i.ended_at is not null as "isEnded",
        exists (select 1 from _timer t where t.instance = i.id and t.status = 'pending'
          group by t.event_id having count(*) > 1) as "isDoubled",
        array(select c.cause ->> 'note' from _change c
          where c.object = 'thing' and c.record = ${this.#record} and c.action = 'note' order by c.id) as notes,
        array(select t.due_at from _timer t where t.instance = i.id and t.status = 'pending' order by 1) as waits,
        (select coalesce(jsonb_agg(jsonb_build_object('id', w.id, 'invocation', w.invocation) order by w.id), '[]')
          from _work_item w where w.instance = i.id and w.status = 'open') as work
      from _instance i where i.id = ${this.#instance}`
    const { snapshot, ...seen } = row
    const { tags } = machineOf(this.#process).inspect(JSON.parse(snapshot))
    // Lists find instances by the tags that the Model has for their states.
    const known = seen.states.flatMap((state) => [...(this.#process.states.get(state)?.tags ?? [])])
    expect(new Set(known)).toEqual(tags)
    return {
      ...seen,
      tags: [...tags].toSorted(),
      waits: row.waits.map((moment) => Date.parse(moment) - start),
    }
  }
}

interface OpenWork {
  readonly id: string
  readonly invocation: string
}

interface SeenHere extends Seen {
  readonly work: readonly OpenWork[]
  /** Whether two timers wait for the same. */
  readonly isDoubled: boolean
}

type SeenRow = Omit<SeenHere, 'waits' | 'tags'> & {
  readonly waits: readonly string[]
  readonly snapshot: string
}

function withProcess(process: ProcessModel): Model {
  return { ...tenant.model, processes: new Map([['flow', process]]) }
}

function at<T>(now: number, model: Model, work: (unit: UnitOfWork) => Promise<T>): Promise<T> {
  return writingWork({ ...tenant.work(admin), model, now: new Date(start + now) }, work)
}
