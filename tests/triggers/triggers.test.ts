import { beforeEach, describe, expect, it } from 'vitest'
import { modelFromDocuments } from '../../platform/definitions/index.ts'
import { mergePatch } from '../../platform/definitions/load/merge-patch.ts'
import {
  armTriggers,
  discardTriggerRuns,
  listTriggerRuns,
  receive,
  replayTriggerRuns,
  runSchedule,
  runTriggers,
} from '../../platform/processes/index.ts'
import { publishModel } from '../../platform/publishing/index.ts'
import {
  bulkWrite,
  createRecord,
  deleteRecord,
  recordTimeline,
  savepointWork,
  updateRecord,
  type RecordValues,
} from '../../platform/records/index.ts'
import { freshDatabase } from '../harness/fresh-database.ts'
import { testTenant } from '../harness/tenant.ts'
import { declarations } from './declarations.ts'

const database = await freshDatabase()
const tenant = await testTenant(database, declarations as never)
const clerk = await tenant.person('Carla Clerk', { roles: ['clerk'] })
const admin = await tenant.person('Ada Admin', { roles: ['administrator'] })

const day = (text: string) => `${text}.000Z`
const start = day('2026-11-23T08:00:00')
let titles = 0

beforeEach(async () => {
  tenant.setClock(start)
  await tenant.sql`delete from _trigger_run`
  await tenant.sql`delete from task`
  await database.platform`select graphile_worker.complete_jobs(array_agg(id)) from graphile_worker.jobs`
})

const make = async (values: RecordValues = {}) =>
  String(
    (
      await tenant.write(clerk, (unit) =>
        createRecord(unit, { object: 'task', values: { title: `Task ${titles++}`, ...values } }),
      )
    ).id,
  )
const change = (id: string, values: RecordValues) =>
  tenant.write(clerk, (unit) => updateRecord(unit, { object: 'task', id, values }))
const jobs = () =>
  database.platform<{ task: string; batch: string; at: string }[]>`
    select t.identifier as task, j.payload ->> 'batch' as batch, j.run_at as at
    from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
    where t.identifier in ('trigger', 'schedule') order by j.id`
const runs = (trigger?: string) =>
  tenant.sql<{ trigger: string; status: string; batch: string; error: string | null; chain: string[] }[]>`
    select trigger, status, batch, last_error as error, chain from _trigger_run
    where ${trigger ?? null}::text is null or trigger = ${trigger ?? null} order by id`
const statuses = async (trigger?: string) => (await runs(trigger)).map(({ status }) => status)
/** Carries out everything that is due at a moment, as the worker would. */
const settle = async (now = start) => {
  tenant.setClock(now)
  for (;;) {
    const [next] = await tenant.sql<{ batch: string }[]>`
      select batch from _trigger_run where status = 'pending' and attempts = 0 and due_at <= ${now} order by id limit 1`
    if (next === undefined) return
    await runTriggers(tenant.work(admin), next.batch)
  }
}
const timeline = async (id: string) =>
  (await tenant.read(admin, (unit) => recordTimeline(unit, { object: 'task', id }))).entries
const notes = async (id: string) =>
  (await timeline(id)).flatMap(({ cause }) => (cause?.note === undefined ? [] : [cause.note])).reverse()
const task = async (id: string) => (await tenant.sql`select * from task where id = ${id}`)[0]

describe('a trigger on a record', () => {
  it('runs once for each that is created, under its role, with one job for a transaction', async () => {
    const project = await tenant.write(clerk, (unit) =>
      createRecord(unit, { object: 'project', values: { name: 'House' } }),
    )
    await tenant.write(clerk, async (unit) => {
      for (let count = 0; count < 3; count++)
        await createRecord(unit, { object: 'task', values: { title: `T${count}`, project: project.id } })
    })
    await make()
    expect(await statuses()).toEqual(['pending', 'pending', 'pending'])
    expect(await jobs()).toHaveLength(1)
    const [batch] = (await jobs()).map((job) => job.batch)
    await Promise.all([1, 2].map(() => runTriggers(tenant.work(admin), batch ?? '')))
    await runTriggers(tenant.work(admin), batch ?? '')
    const [{ tasks } = { tasks: 0 }] = await tenant.sql`select tasks from project`
    expect(tasks).toBe(3)
    expect(await statuses()).toEqual(['done', 'done', 'done'])
  })

  it('leaves nothing of a write that is undone, not even by a savepoint', async () => {
    await expect(
      tenant.write(clerk, async (unit) => {
        await createRecord(unit, { object: 'project', values: { name: 'X' } })
        throw new Error('After all not')
      }),
    ).rejects.toThrow('After all not')
    const id = await make({ stage: 'new' })
    const other = await make({ stage: 'new' })
    await tenant.write(clerk, async (unit) => {
      await savepointWork(unit, async (inner) => {
        await updateRecord(inner, { object: 'task', id, values: { stage: 'open' } })
        throw new Error('Not this one')
      }).catch(() => undefined)
      await updateRecord(unit, { object: 'task', id: other, values: { stage: 'open' } })
    })
    expect(await statuses()).toEqual(['pending'])
    expect((await jobs()).map(({ batch }) => batch)).toEqual((await runs()).map(({ batch }) => batch))
  })

  it('sees what was before, and its history names it and what led to it', async () => {
    const project = await tenant.write(clerk, (unit) =>
      createRecord(unit, { object: 'project', values: { name: 'Garden' } }),
    )
    const id = await make({ project: project.id })
    await settle()
    await change(id, { title: 'Renamed' })
    await change(id, { stage: 'open' })
    await change(id, { stage: 'done' })
    await change(id, { stage: 'open' })
    await settle()
    expect(await notes(id)).toEqual(['new to open of Garden', 'is finished'])
    const last = (await timeline(id)).find(({ cause }) => cause?.note === 'is finished')
    expect(last?.cause).toMatchObject({ trigger: 'note_end', triggers: ['finish_done', 'note_end'] })
    expect(last?.by).toBeNull()
    expect((await task(id))?.state).toBe('finished')
  })

  it('is set off by bulk writes as by others, and costs objects without triggers nothing', async () => {
    const [one, two] = [await make(), await make()]
    await bulkWrite(tenant.work(clerk), {
      object: 'task',
      mode: 'all_or_nothing',
      operations: [one, two].map((id) => ({ op: 'update', id, values: { stage: 'open' } })),
    })
    expect(await statuses('note_stage')).toEqual(['pending', 'pending'])
    expect(await jobs()).toHaveLength(1)
    const texts: string[] = []
    await tenant.write(clerk, async (unit) => {
      const sql = Object.assign(Object.create(unit.sql) as typeof unit.sql, {
        unsafe: (text: string, ...rest: []) => {
          texts.push(text)
          return unit.sql.unsafe(text, ...rest)
        },
      })
      await createRecord({ ...unit, sql }, { object: 'project', values: { name: 'Quiet' } })
    })
    expect(texts).toHaveLength(1)
  })

  it('that fails is undone, tried again, listed at the end, and carried out again on request', async () => {
    const id = await make()
    await change(id, { trail: 'fail' })
    let now = Date.parse(start)
    for (let attempt = 0; attempt < 6; attempt++) {
      expect(await statuses('refuse_trail')).toEqual(['pending'])
      const [{ batch } = { batch: '' }] = await runs('refuse_trail')
      await runTriggers(tenant.work(admin), batch)
      now += 3_600_000
      tenant.setClock(new Date(now).toISOString())
    }
    expect(await notes(id)).toEqual([])
    const list = (filter: object) => tenant.read(admin, (unit) => listTriggerRuns(unit, filter))
    const { items } = await list({ status: 'failed' })
    expect(items).toMatchObject([
      {
        trigger: 'refuse_trail',
        record: id,
        attempts: 6,
        error: expect.stringContaining('Not this trail') as never,
      },
    ])
    const which = { ids: [items[0]?.id ?? ''] }
    expect(await tenant.write(admin, (unit) => replayTriggerRuns(unit, which))).toBe(1)
    expect(await statuses('refuse_trail')).toEqual(['pending'])
    expect(await tenant.write(admin, (unit) => discardTriggerRuns(unit, { all: {} }))).toBe(0)
    await tenant.sql`update _trigger_run set status = 'failed'`
    expect(await tenant.write(admin, (unit) => discardTriggerRuns(unit, { all: {} }))).toBe(1)
    await expect(tenant.read(clerk, (unit) => listTriggerRuns(unit, {}))).rejects.toThrow(/administer/)
  })

  it('is stopped where triggers go round in a circle, with the way that they went', async () => {
    const id = await make()
    await change(id, { loops: 1 })
    await settle()
    expect((await task(id))?.loops).toBe(9)
    const stopped = (await runs()).filter(({ status }) => status === 'stopped')
    expect(stopped).toMatchObject([
      {
        trigger: 'ping',
        error: expect.stringMatching(/^Stopped: .* 8 times in a row: ping → pong → ping/) as never,
      },
    ])
    expect((await runs()).map(({ chain }) => chain.length)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8])
  })
})

describe('a trigger that is due', () => {
  it('follows the record: later, never, after all, once for each moment', async () => {
    const id = await make({ due_on: day('2026-11-26T12:00:00') })
    const awaited = async () => (await jobs()).map(({ at }) => new Date(at).toISOString())
    expect(await awaited()).toEqual([day('2026-11-25T12:00:00')])
    await change(id, { due_on: day('2026-11-28T12:00:00') })
    expect(await awaited()).toEqual([day('2026-11-27T12:00:00')])
    await change(id, { due_on: null })
    expect(await awaited()).toEqual([])
    await change(id, { due_on: day('2026-11-26T12:00:00') })
    await settle(day('2026-11-25T12:00:00'))
    expect(await notes(id)).toEqual(['due tomorrow'])
    await change(id, { due_on: day('2026-11-29T12:00:00') })
    await change(id, { due_on: day('2026-11-26T12:00:00') })
    await settle(day('2026-12-01T12:00:00'))
    expect(await notes(id)).toEqual(['due tomorrow'])
  })

  it('asks its condition when it is due, and lets deleted records rest', async () => {
    const [done, gone] = [
      await make({ due_on: day('2026-11-26T12:00:00') }),
      await make({ due_on: day('2026-11-26T12:00:00') }),
    ]
    await change(done, { stage: 'done' })
    await tenant.write(clerk, (unit) => deleteRecord(unit, { object: 'task', id: gone }))
    await settle(day('2026-11-26T12:00:00'))
    expect(await statuses('remind')).toEqual(['void', 'void'])
  })

  it('with a moment that has passed runs at once only where it says so', async () => {
    const id = await make({ due_on: day('2026-11-01T00:00:00'), late_on: day('2026-11-01T00:00:00') })
    await settle()
    expect(await notes(id)).toEqual(['late'])
    await change(id, { title: 'Renamed' })
    await change(id, { late_on: null })
    await change(id, { late_on: day('2026-11-01T00:00:00') })
    await settle()
    expect(await notes(id)).toEqual(['late'])
  })
})

describe('publishing', () => {
  it('prepares a new trigger for the records that there are, and forgets one that is gone', async () => {
    const ids: string[] = []
    for (let count = 0; count < 3; count++) ids.push(await make({ due_on: day('2026-11-26T12:00:00') }))
    await make({ due_on: day('2026-11-01T12:00:00') })
    await tenant.sql`delete from _trigger_run`
    await armTriggers(tenant.work(admin))
    await armTriggers(tenant.work(admin))
    expect(await statuses('remind')).toEqual(['pending', 'pending', 'pending'])
    const later = modelFromDocuments(
      mergePatch(declarations, {
        trigger: { remind: { on: { at: "record.due_on - duration('P2D')" } }, sweep: null },
      }) as never,
    )
    await publishModel({ database, tenant: 'test', model: later, settleMs: 0 })
    const work = { ...tenant.work(admin), model: later }
    await armTriggers(work)
    const waiting = () =>
      tenant.sql<{ at: string }[]>`
        select due_at as at from _trigger_run where status = 'pending' and trigger = 'remind'`
    expect((await waiting()).map(({ at }) => at)).toEqual(ids.map(() => day('2026-11-24T12:00:00')))
    expect(await tenant.sql`select trigger from _trigger_watch order by trigger`).toEqual([
      { trigger: 'late' },
      { trigger: 'remind' },
    ])
    const arming = await database.platform`
      select 1 from graphile_worker.jobs where task_identifier = 'arm_triggers'`
    expect(arming).toHaveLength(1)
    const without = modelFromDocuments(mergePatch(declarations, { trigger: { remind: null } }) as never)
    await armTriggers({ ...work, model: without })
    expect(await waiting()).toEqual([])
  })
})

describe('a schedule', () => {
  it('runs for every record that it finds, batch by batch, once for each moment', async () => {
    await armTriggers(tenant.work(admin))
    const [{ at } = { at: '' }] = await tenant.sql<{ at: string }[]>`
      select next_at as at from _trigger_watch where trigger = 'sweep'`
    expect(at).toBe(day('2026-11-23T09:00:00'))
    await tenant.sql`
      insert into task (id, title, stage) select gen_random_uuid(), 'S' || n, 'open' from generate_series(1, 205) n`
    const first = await make({ stage: 'open' })
    const closed = await make({ stage: 'new' })
    await runSchedule(tenant.work(admin), 'sweep')
    expect(await statuses('sweep')).toEqual([])
    tenant.setClock(at)
    await runSchedule(tenant.work(admin), 'sweep')
    await runSchedule(tenant.work(admin), 'sweep')
    expect(await statuses('sweep')).toHaveLength(206)
    await change(first, { stage: 'done' })
    await tenant.sql`delete from _trigger_run where record <> ${first} and record in (
      select id from task where title <> 'S7')`
    await settle(at)
    expect((await statuses('sweep')).sort()).toEqual(['done', 'void'])
    expect(await notes(closed)).toEqual([])
    const [watch] = await tenant.sql`select next_at, running_at from _trigger_watch where trigger = 'sweep'`
    expect(watch).toEqual({ next_at: day('2026-11-24T09:00:00'), running_at: null })
    tenant.setClock(day('2026-11-27T18:00:00'))
    await runSchedule(tenant.work(admin), 'sweep')
    expect((await tenant.sql`select next_at from _trigger_watch where trigger = 'sweep'`)[0]).toEqual({
      next_at: day('2026-11-30T09:00:00'),
    })
  })
})

describe('something sent from outside', () => {
  const hook = (values: RecordValues, key?: string) =>
    tenant.write(admin, (unit) => receive(unit, tenant.model.triggers.get('hook') as never, { values, key }))

  it('is about the record of a key, and runs once for the same', async () => {
    const id = await make({ title: 'From afar' })
    const sent = { title: 'From afar', how: 'Well', meta: { id: '1' }, other: 'passed over' }
    const first = await hook(sent)
    expect(await hook(sent)).toEqual({ id: first.id, isRepeated: true })
    await expect(hook({ ...sent, how: 'Badly' })).rejects.toThrow(/under the key "1" before/)
    await settle()
    expect((await task(id))?.state).toBe('finished')
    expect(await statuses('hook')).toEqual(['done'])
    const [step] = await tenant.sql`
      select s.event, s.payload, s.cause from _step s join _instance i on i.id = s.instance
      where i.record = ${id} order by s.number desc limit 1`
    expect(step).toEqual({
      event: 'finish',
      payload: { how: 'Well' },
      cause: { kind: 'trigger', id: 'hook' },
    })
  })

  it('is refused where it is not as declared, and waits for a record that is not there yet', async () => {
    await expect(hook({ how: 'Well' })).rejects.toMatchObject({
      faults: [{ field: 'title', code: 'required' }],
    })
    await hook({ title: 'Nobody', meta: { id: '2' } })
    await settle()
    expect(await runs('hook')).toMatchObject([
      { status: 'pending', error: 'There is no task with title "Nobody".' },
    ])
  })

  it('can make a record without having one', async () => {
    const intake = tenant.model.triggers.get('intake') as never
    await tenant.write(admin, (unit) => receive(unit, intake, { values: { title: 'Taken in' }, key: 'a' }))
    await settle()
    expect(await tenant.sql`select title from task`).toEqual([{ title: 'Taken in' }])
  })
})
