import { beforeAll, describe, expect, it } from 'vitest'
import type { Principal } from '../../platform/access/principal.ts'
import {
  actOnInstance,
  countInstances,
  listInstances,
  listWorkItems,
  noteTimerFailure,
  sendEvent,
  type InstanceFilter,
  type OperatorAct,
} from '../../platform/processes/index.ts'
import { createRecord, deleteRecord, getRecord, recordTimeline } from '../../platform/records/index.ts'
import { freshDatabase } from '../harness/fresh-database.ts'
import { testTenant } from '../harness/tenant.ts'
import { declarations } from './declarations.ts'

const database = await freshDatabase()
const tenant = await testTenant(database, declarations)
const { sql } = tenant
let admin: Principal
let clerk: Principal
let olga: Principal

beforeAll(async () => {
  admin = await tenant.person('Ada Admin', { roles: ['administrator'] })
  clerk = await tenant.person('Cleo Clerk', { roles: ['clerk'] })
  olga = await tenant.person('Olga Operator', { roles: ['operator'] })
})

type Values = Readonly<Record<string, unknown>>

const parcel = async (values: Values = {}, entry?: string) =>
  String(
    (
      await tenant.write(admin, (unit) =>
        createRecord(
          unit,
          { object: 'parcel', values: { title: 'Books', ...values } },
          entry === undefined ? {} : { entry },
        ),
      )
    ).id,
  )
const send = (id: string, event: string, values: Values = {}) =>
  tenant.write(admin, (unit) => sendEvent(unit, { object: 'parcel', id, event, values }))
/** A parcel of which both regions are at work. */
const packed = async () => {
  const id = await parcel({ weight: 20 })
  await send(id, 'pack', { pin: '1' })
  return id
}
const sent = async (values: Values = {}) => {
  const id = await parcel(values)
  await send(id, 'pack')
  return id
}
const instanceOf = async (record: string) => {
  const [row] = await sql<{ id: string; step: number; states: string[]; status: string }[]>`
    select id, step, states, status from _instance where record = ${record}`
  if (row === undefined) throw new Error(`${record} has no process.`)
  return row
}
const list = async (filter: InstanceFilter & { after?: string; limit?: number } = {}, who = olga) =>
  tenant.read(who, (unit) => listInstances(unit, filter))
const found = async (record: string, filter: InstanceFilter = {}) =>
  (await list({ ...filter, limit: 200 })).items.find((item) => item.record.id === record)
const act = async (record: string, asked: OperatorAct, who = olga) => {
  const { id, step } = await instanceOf(record)
  return tenant.write(who, (unit) => actOnInstance(unit, { ...asked, instance: id, step }))
}
const pendingTimers = async (record: string) =>
  (
    await sql<{ event_id: string }[]>`
      select t.event_id from _timer t join _instance i on i.id = t.instance
      where i.record = ${record} and t.status = 'pending' order by t.event_id`
  ).map((row) => row.event_id.replace('xstate.after.', ''))
const openWork = async (record: string) =>
  (await tenant.read(admin, (unit) => listWorkItems(unit, { record }))).map(({ title }) =>
    typeof title === 'string' ? title : title.en,
  )
const read = (record: string) =>
  tenant.read(admin, (unit) => getRecord(unit, { object: 'parcel', id: record }))
const lastStep = async (record: string) =>
  (
    await sql<{ event: string; by: string; cause: unknown; states: string[] }[]>`
      select s.event, s.by, s.cause, s.states from _step s join _instance i on i.id = s.instance
      where i.record = ${record} order by s.number desc limit 1`
  )[0]
const notes = async (record: string) =>
  (
    await tenant.read(admin, (unit) => recordTimeline(unit, { object: 'parcel', id: record }))
  ).entries.flatMap(({ cause, by }) => (cause?.operation === undefined ? [] : [{ ...cause, by: by?.name }]))
const fail = async (record: string, hasFailed = true) => {
  const { id } = await instanceOf(record)
  const [timer] = await sql<
    { id: string }[]
  >`select id from _timer where instance = ${id} and status = 'pending'`
  const now = new Date('2026-11-22T08:00:00Z')
  await noteTimerFailure(sql, { timer: timer?.id as string, error: 'broken', attempt: 25, hasFailed, now })
  return timer?.id as string
}

describe('the list', () => {
  it('finds what is stuck: nothing that anybody could do leads on', async () => {
    const unopened = await parcel({ state: 'checking' }, 'import')
    const unpaid = await parcel({ state: 'arrived', paid: false }, 'import')
    const paid = await parcel({ state: 'arrived', paid: true }, 'import')
    const draft = await parcel()
    const waiting = await packed()
    expect(await found(unopened, { trouble: 'stuck' })).toMatchObject({
      process: 'shipping',
      states: [{ path: 'checking', label: 'Checking' }],
      troubles: ['stuck'],
      isCurrentVersion: true,
      isUsable: true,
    })
    expect((await found(unpaid))?.troubles).toEqual(['stuck'])
    for (const id of [paid, draft, waiting]) expect((await found(id))?.troubles).toEqual([])
  })

  it('finds what has failed, with the reason, and what is late', async () => {
    const failed = await sent()
    const failing = await sent()
    await fail(failed)
    await fail(failing, false)
    expect(await found(failed, { trouble: 'failed' })).toMatchObject({
      timers: [{ error: 'broken', attempts: 25, has_failed: true }],
    })
    expect(await found(failing, { trouble: 'failed' })).toMatchObject({ timers: [{ has_failed: false }] })
    const message = await sent()
    await sql`insert into _effect (id, kind, payload, idempotency_key, status, object, record, last_error)
      values (gen_random_uuid(), 'email', '{}', ${message}, 'failed', 'parcel', ${message}, 'no such address')`
    expect(await found(message, { trouble: 'failed' })).toMatchObject({
      messages: [{ kind: 'email', error: 'no such address' }],
    })
    const overdue = await packed()
    expect(await found(overdue, { trouble: 'late' })).toBeUndefined()
    tenant.setClock('2026-11-23T08:06:00.000Z')
    expect((await found(overdue, { trouble: 'late' }))?.work).toMatchObject([{ kind: 'task' }])
    expect((await found(failed))?.troubles).toEqual(['failed'])
    tenant.setClock('2026-11-25T08:06:00.000Z')
    expect((await found(failed))?.troubles).toEqual(['failed', 'late'])
    tenant.setClock('2026-11-22T08:00:00.000Z')
  })

  it('filters by process, state, version and age, and pages in order', async () => {
    const id = await packed()
    expect(await found(id, { process: 'shipping', state: 'preparing' })).toBeDefined()
    expect(await found(id, { state: 'preparing.goods.picking' })).toBeDefined()
    expect(await found(id, { state: 'sent' })).toBeUndefined()
    const version = (await found(id))?.version as string
    expect(await found(id, { version })).toBeDefined()
    expect(await found(id, { version: 'other' })).toBeUndefined()
    expect(await found(id, { quietMs: 3_600_000 })).toBeUndefined()
    const whole = (await list({ limit: 200 })).items.map((item) => item.id)
    const paged: string[] = []
    for (let after: string | null | undefined; after !== null;) {
      const page = await list({ limit: 3, ...(after === undefined ? {} : { after }) })
      paged.push(...page.items.map((item) => item.id))
      after = page.next
    }
    expect(paged).toEqual(whole)
    await expect(list({ after: 'x' })).rejects.toMatchObject({ code: 'bad_request' })
  })

  it('is for operators, and shows of records what they may see', async () => {
    const hidden = await parcel({ title: 'Private', state: 'checking' }, 'import')
    const deleted = await parcel({ state: 'checking' }, 'import')
    await tenant.write(admin, (unit) => deleteRecord(unit, { object: 'parcel', id: deleted }))
    expect(await found(hidden)).toBeUndefined()
    expect(await found(deleted)).toBeUndefined()
    expect((await list({ limit: 200 }, admin)).items.some(({ record }) => record.id === hidden)).toBe(true)
    await expect(list({}, clerk)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(tenant.read(clerk, countInstances)).rejects.toMatchObject({ code: 'forbidden' })
  })

  it('counts by version and state what it lists', async () => {
    const counted = await tenant.read(olga, countInstances)
    const all = (await list({ limit: 200 })).items
    const sum = (of: 'active' | 'stuck' | 'failed' | 'late') =>
      counted.reduce((total, { counts }) => total + counts[of], 0)
    expect(sum('active')).toBe(all.length)
    for (const trouble of ['stuck', 'failed', 'late'] as const)
      expect(sum(trouble), trouble).toBe(all.filter((item) => item.troubles.includes(trouble)).length)
    expect(counted.find(({ states }) => states[0]?.path === 'arrived')?.counts).toEqual({
      active: 2,
      stuck: 1,
      failed: 0,
      late: 0,
      left: 0,
    })
  })
})

describe('moving', () => {
  const move = (state: string, more: { runsEntry?: boolean } = {}): OperatorAct => ({
    act: 'move',
    state,
    reason: 'The customer called',
    ...more,
  })

  it('places a record in a state: leaves quietly, closes what was open, begins what the state waits for', async () => {
    const id = await packed()
    await act(id, move('sent'))
    expect(await read(id)).toMatchObject({ state: 'sent', trips: null })
    expect(await openWork(id)).toEqual([])
    expect(await pendingTimers(id)).toEqual(['P3D.shipping.sent'])
    expect(await lastStep(id)).toEqual({
      event: 'operator:move',
      by: olga.userId,
      cause: { kind: 'operator', id: olga.userId, act: 'move', reason: 'The customer called' },
      states: ['sent'],
    })
    expect(await notes(id)).toMatchObject([
      { operation: 'move', note: 'The customer called', to: ['sent'], by: 'Olga Operator' },
    ])
    const { entries } = await tenant.read(admin, (unit) => recordTimeline(unit, { object: 'parcel', id }))
    expect(entries.some(({ cause }) => cause?.note === 'Papers left the desk')).toBe(false)
    await send(id, 'receive')
    expect(await read(id)).toMatchObject({ state: 'closed' })
  })

  it('does what is declared for entering where that is asked for', async () => {
    const id = await packed()
    await act(id, move('sent', { runsEntry: true }))
    expect(await read(id)).toMatchObject({ state: 'sent', trips: 1 })
  })

  it('leaves the other regions of a parallel state as they are', async () => {
    const id = await packed()
    await act(id, move('preparing.papers.signed'))
    expect((await instanceOf(id)).states).toEqual(['preparing.papers.signed', 'preparing.goods.picking'])
    expect(await openWork(id)).toEqual(['Pick the goods'])
    expect(await pendingTimers(id)).toEqual([])
    await act(id, move('preparing.papers'))
    expect(await pendingTimers(id)).toEqual(['P2D.shipping.preparing.papers.writing'])
    await act(id, { act: 'skip', what: 'work', reason: 'By hand' })
    expect((await instanceOf(id)).states).toEqual(['preparing.papers.writing', 'preparing.goods.picked'])
    await act(id, move('preparing.papers.signed'))
    expect((await instanceOf(id)).states).toEqual(['sent'])
  })

  it('enters a state anew, opens its work, and wakes an instance that has ended', async () => {
    const id = await parcel({ state: 'checking' }, 'import')
    await act(id, move('checking'))
    expect(await openWork(id)).toEqual(['Check the parcel'])
    await act(id, move('closed'))
    expect((await instanceOf(id)).status).toBe('ended')
    await act(id, move('preparing'))
    expect(await instanceOf(id)).toMatchObject({
      status: 'active',
      states: ['preparing.papers.writing', 'preparing.goods.picking'],
    })
    expect(await read(id)).toMatchObject({ state: 'preparing.papers.writing' })
  })

  it('refuses a state that there is not, and names the nearest', async () => {
    await expect(act(await parcel(), move('prepering'))).rejects.toMatchObject({
      code: 'validation',
      faults: [{ field: 'state', message: expect.stringContaining('"preparing"') }],
    })
  })
})

describe('skipping, retrying and ending', () => {
  it('goes on as if a timer had fired, and says by whom', async () => {
    const id = await sent()
    await act(id, { act: 'skip', what: 'timer', reason: 'It is there' })
    expect(await read(id)).toMatchObject({ state: 'arrived' })
    expect(await lastStep(id)).toMatchObject({
      event: 'after P3D',
      by: olga.userId,
      cause: { kind: 'operator', act: 'skip', reason: 'It is there' },
    })
    await expect(act(id, { act: 'skip', what: 'timer', reason: 'again' })).rejects.toMatchObject({
      code: 'conflict',
    })
    const lost = await sent({ title: 'Lost' })
    await expect(act(lost, { act: 'skip', what: 'timer', reason: 'x' })).rejects.toMatchObject({
      code: 'conflict',
    })
    expect(await pendingTimers(lost)).toEqual(['P3D.shipping.sent'])
  })

  it('ends work with a declared outcome', async () => {
    const id = await parcel({ state: 'checking' }, 'import')
    await act(id, { act: 'move', state: 'checking', reason: 'opens it' })
    await expect(act(id, { act: 'skip', what: 'work', reason: 'x' })).rejects.toMatchObject({
      faults: [{ field: 'outcome' }],
    })
    await act(id, { act: 'skip', what: 'work', outcome: 'rejected', reason: 'Nobody is here' })
    expect(await read(id)).toMatchObject({ state: 'draft' })
    expect(await lastStep(id)).toMatchObject({
      event: 'approval rejected',
      cause: { kind: 'operator', act: 'skip', reason: 'Nobody is here' },
    })
  })

  it('tries again what has failed or is overdue', async () => {
    const id = await sent()
    await expect(act(id, { act: 'retry' })).rejects.toMatchObject({ code: 'conflict' })
    const timer = await fail(id)
    await database.platform`delete from graphile_worker._private_jobs where key like ${`%${timer}`}`
    await act(id, { act: 'retry' })
    const jobs = await database.platform`
      select run_at <= now() as "isDue" from graphile_worker.jobs where key like ${`%${timer}`}`
    expect(jobs).toMatchObject([{ isDue: true }])
    expect((await found(id))?.timers).toMatchObject([{ attempts: 0, has_failed: false }])
    expect(await notes(id)).toMatchObject([{ operation: 'retry' }])
  })

  it('ends an instance where it stands', async () => {
    const id = await packed()
    await act(id, { act: 'end', reason: 'Sent twice' })
    expect(await instanceOf(id)).toMatchObject({ status: 'stopped' })
    expect([await openWork(id), await pendingTimers(id)]).toEqual([[], []])
    expect(await lastStep(id)).toMatchObject({
      event: 'operator:end',
      cause: { act: 'end', reason: 'Sent twice' },
    })
    await expect(send(id, 'sign')).rejects.toMatchObject({ members: { reason: 'ended' } })
    await expect(act(id, { act: 'end', reason: 'again' })).rejects.toMatchObject({ code: 'conflict' })
    expect(await found(id)).toBeUndefined()
  })
})

describe('every act', () => {
  const acts: readonly OperatorAct[] = [
    { act: 'retry' },
    { act: 'skip', what: 'timer', reason: 'x' },
    { act: 'skip', what: 'work', reason: 'x' },
    { act: 'move', state: 'closed', reason: 'x' },
    { act: 'end', reason: 'x' },
  ]

  it.each(acts)('is for operators who may read the record, where it still is: %o', async (asked) => {
    const id = await packed()
    await expect(act(id, asked, clerk)).rejects.toMatchObject({ code: 'forbidden' })
    const { id: instance, step } = await instanceOf(id)
    await expect(
      tenant.write(olga, (unit) => actOnInstance(unit, { ...asked, instance, step: step - 1 })),
    ).rejects.toMatchObject({ code: 'conflict', members: { step } })
    const hidden = await parcel({ title: 'Private', weight: 20 })
    await send(hidden, 'pack')
    await expect(act(hidden, asked)).rejects.toMatchObject({ code: 'not_found' })
  })

  it.each(acts)('has one winner of two at the same time, and is whole or nothing: %o', async (asked) => {
    const id = await packed()
    await fail(id)
    const { id: instance, step } = await instanceOf(id)
    const before = await sql`select count(*)::int as steps from _step where instance = ${instance}`
    const broken = tenant.write(olga, async (unit) => {
      await actOnInstance(unit, { ...asked, instance, step })
      throw new Error('The node died.')
    })
    await expect(broken).rejects.toThrow('The node died.')
    expect(await sql`select count(*)::int as steps from _step where instance = ${instance}`).toEqual(before)
    expect([await notes(id), await openWork(id)]).toEqual([[], ['Pick the goods']])
    const both = await Promise.allSettled([
      tenant.write(olga, (unit) => actOnInstance(unit, { ...asked, instance, step })),
      tenant.write(admin, (unit) => actOnInstance(unit, { ...asked, instance, step })),
    ])
    const won = both.filter(({ status }) => status === 'fulfilled').length
    // To try again is no step: both may.
    expect(won).toBe(asked.act === 'retry' ? 2 : 1)
    const logged = await sql`
      select object, detail ->> 'instance' as instance from _audit
      where action = ${`operation.${asked.act}`} and record = ${id}`
    expect([...logged]).toEqual(Array.from({ length: won }, () => ({ object: 'parcel', instance })))
  })
})
