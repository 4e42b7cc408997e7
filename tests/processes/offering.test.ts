import { beforeAll, describe, expect, it } from 'vitest'
import type { Principal } from '../../platform/access/principal.ts'
import {
  claimWorkItem,
  completeWorkItem,
  describeProcess,
  fireTimer,
  listNotifications,
  listWorkItems,
  releaseWorkItem,
  sendEvent,
} from '../../platform/processes/index.ts'
import {
  createRecord,
  deleteRecord,
  getRecord,
  recordTimeline,
  updateRecord,
} from '../../platform/records/index.ts'
import { freshDatabase } from '../harness/fresh-database.ts'
import { testTenant } from '../harness/tenant.ts'
import { declarations } from './declarations.ts'

const database = await freshDatabase()
const tenant = await testTenant(database, declarations)
let seller: Principal
let boss: Principal
let otherBoss: Principal
let looker: Principal

beforeAll(async () => {
  seller = await tenant.person('Seller', { roles: ['seller'] })
  boss = await tenant.person('Boss', { roles: ['boss'] })
  otherBoss = await tenant.person('Other Boss', { roles: ['boss'] })
  looker = await tenant.person('Looker', { roles: ['looker'] })
})

const rows = [
  { text: 'a', quantity: '2' },
  { text: 'b', quantity: '1' },
]
const offer = async (amount: number | null, by: Principal = seller) =>
  String(
    (
      await tenant.write(by, (unit) =>
        createRecord(unit, { object: 'offer', values: { title: `Offer ${amount}`, amount, rows } }),
      )
    ).id,
  )
const send = (by: Principal, id: string, event: string, values: Record<string, unknown> = {}) =>
  tenant.write(by, (unit) => sendEvent(unit, { object: 'offer', id, event, values }))
const state = async (id: string) =>
  (await tenant.read(boss, (unit) => getRecord(unit, { object: 'offer', id }))).state
const view = (by: Principal, id: string) =>
  tenant.read(by, (unit) => describeProcess(unit, { object: 'offer', id }))
const myWork = (by: Principal) => tenant.read(by, (unit) => listWorkItems(unit))
const itemOf = async (by: Principal, id: string) => (await myWork(by)).find((item) => item.record.id === id)

describe('a governed record', () => {
  it('begins in the initial state and goes on by events alone', async () => {
    const id = await offer(10)
    expect(await state(id)).toBe('draft')
    await expect(
      tenant.write(seller, (unit) => updateRecord(unit, { object: 'offer', id, values: { state: 'won' } })),
    ).rejects.toMatchObject({
      code: 'validation',
      faults: [{ field: 'state', code: 'state', message: expect.stringContaining('submit') }],
      members: { possible: ['submit'] },
    })
    await expect(
      tenant.write(boss, (unit) =>
        createRecord(unit, { object: 'offer', values: { title: 'x', state: 'won' } }),
      ),
    ).rejects.toMatchObject({ faults: [{ field: 'state', code: 'state' }] })
    await send(seller, id, 'submit')
    expect(await tenant.read(boss, (unit) => getRecord(unit, { object: 'offer', id }))).toMatchObject({
      state: 'sent',
      sent_on: '2026-11-22',
    })
  })

  it('refuses what is not possible now, with the reason and what is possible', async () => {
    const id = await offer(null)
    await expect(send(seller, id, 'submit')).rejects.toMatchObject({
      code: 'event_refused',
      members: { reason: 'condition', possible: [] },
    })
    await expect(send(seller, id, 'answer', { accepted: true })).rejects.toMatchObject({
      code: 'event_refused',
      members: { reason: 'state' },
    })
    await expect(send(seller, id, 'discard')).rejects.toMatchObject({ members: { reason: 'role' } })
    await expect(send(seller, id, 'submitt')).rejects.toMatchObject({
      code: 'validation',
      message: expect.stringContaining('submit'),
    })
    await expect(send(looker, id, 'submit')).rejects.toMatchObject({ code: 'forbidden' })
    expect(await state(id)).toBe('draft')
  })

  it('checks the form of an event', async () => {
    const id = await offer(10)
    await send(seller, id, 'submit')
    const faults = (values: Record<string, unknown>) =>
      send(seller, id, 'answer', values).catch((error: { faults: { field: string; code: string }[] }) =>
        error.faults.map((fault) => `${fault.field} ${fault.code}`),
      )
    expect(await faults({})).toEqual(['accepted required', 'reason required'])
    expect(await faults({ accepted: 'yes', colour: 1 })).toEqual([
      'colour unknown_field',
      'accepted type',
      'reason required',
    ])
    expect(await faults({ accepted: true, reason: 'x' })).toEqual(['reason not_applicable'])
    expect(await state(id)).toBe('sent')
  })

  it('creates records with rows under the role of the process, and sends events on', async () => {
    const id = await offer(10)
    await send(seller, id, 'submit')
    const step = await send(seller, id, 'answer', { accepted: true })
    const record = await tenant.read(boss, (unit) => getRecord(unit, { object: 'offer', id }))
    expect(record).toMatchObject({ state: 'won', job: step.created[0]?.id })
    const job = await tenant.read(boss, (unit) => getRecord(unit, { object: 'job', id: String(record.job) }))
    expect(job).toMatchObject({
      title: 'Job for Offer 10',
      owner: seller.userId,
      state: 'planned',
      rows: [
        { text: 'a', quantity: '2' },
        { text: 'b', quantity: '1' },
      ],
    })
    await expect(send(boss, id, 'discard')).rejects.toMatchObject({ members: { reason: 'ended' } })
  })

  it('leaves all or nothing when an action is refused', async () => {
    const id = await offer(10)
    await send(seller, id, 'submit')
    await tenant.sql`update offer_row set text = '' where offer = ${id}`
    await expect(send(seller, id, 'answer', { accepted: true })).rejects.toMatchObject({ code: 'validation' })
    expect(await state(id)).toBe('sent')
    expect(await tenant.sql`select 1 from job where title = 'nothing'`).toHaveLength(0)
    expect((await view(boss, id)).states).toEqual(['sent'])
  })
})

describe('an approval', () => {
  it('waits for one of its candidates, not for the requester', async () => {
    const id = await offer(5000, boss)
    await send(boss, id, 'submit')
    expect(await state(id)).toBe('in_approval')
    expect(await itemOf(boss, id)).toBeUndefined()
    expect(await itemOf(seller, id)).toBeUndefined()
    const item = await itemOf(otherBoss, id)
    expect(item).toMatchObject({
      kind: 'approval',
      status: 'open',
      can: ['claim', 'approve', 'reject', 'attach', 'comment'],
      due_at: '2026-11-24T08:00:00.000Z',
      record: { title: 'Offer 5000' },
    })
    await expect(
      tenant.write(boss, (unit) => completeWorkItem(unit, { id: item?.id as string, outcome: 'approved' })),
    ).rejects.toMatchObject({ code: 'not_found' })
    await expect(
      tenant.write(otherBoss, (unit) => completeWorkItem(unit, { id: item?.id as string })),
    ).rejects.toMatchObject({ code: 'validation' })
    await tenant.write(otherBoss, (unit) =>
      completeWorkItem(unit, { id: item?.id as string, outcome: 'approved', values: { limit: 7 } }),
    )
    expect(await state(id)).toBe('sent')
    await expect(
      tenant.write(otherBoss, (unit) =>
        completeWorkItem(unit, { id: item?.id as string, outcome: 'approved' }),
      ),
    ).rejects.toMatchObject({ code: 'conflict' })
  })

  it('rejected leads back, tells the owner and leaves a note; a second round starts fresh', async () => {
    const id = await offer(2000)
    await send(seller, id, 'submit')
    const first = await itemOf(boss, id)
    await tenant.write(boss, (unit) =>
      completeWorkItem(unit, { id: first?.id as string, outcome: 'rejected', comment: 'too dear' }),
    )
    expect(await state(id)).toBe('draft')
    expect(await tenant.read(seller, listNotifications)).toMatchObject({
      unread: 1,
      items: [{ text: 'Rejected in round 1', record: id }],
    })
    const { entries } = await tenant.read(seller, (unit) => recordTimeline(unit, { object: 'offer', id }))
    expect(
      entries.map((entry) => [entry.action, entry.cause?.event, entry.cause?.note ?? null]),
    ).toContainEqual(['note', 'approval rejected', 'Rejected: too dear'])
    await send(seller, id, 'submit')
    const second = await itemOf(boss, id)
    expect(second?.id).not.toBe(first?.id)
  })

  it('is claimed by one of many who try at once', async () => {
    const id = await offer(3000)
    await send(seller, id, 'submit')
    const item = (await itemOf(boss, id))?.id as string
    const outcomes = await Promise.allSettled(
      [boss, otherBoss, boss, otherBoss].map((who) => tenant.write(who, (unit) => claimWorkItem(unit, item))),
    )
    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1)
    const winner = (await itemOf(boss, id)) === undefined ? otherBoss : boss
    await tenant.write(winner, (unit) => releaseWorkItem(unit, item))
    expect((await itemOf(boss, id))?.status).toBe('open')
  })

  it('is cancelled when its state is left another way', async () => {
    const id = await offer(3000)
    await send(seller, id, 'submit')
    const item = (await itemOf(boss, id))?.id as string
    await send(boss, id, 'discard')
    expect(await itemOf(boss, id)).toBeUndefined()
    await expect(
      tenant.write(boss, (unit) => completeWorkItem(unit, { id: item, outcome: 'approved' })),
    ).rejects.toMatchObject({ code: 'conflict' })
    expect(await state(id)).toBe('lost')
  })
})

describe('a timer', () => {
  const timersOf = (id: string) =>
    tenant.sql<{ id: string; status: string; due_at: string }[]>`
      select t.id, t.status, t.due_at from _timer t join _instance i on i.id = t.instance where i.record = ${id} order by t.id`
  const robotWork = () => tenant.work(boss)

  it('fires once, under the role of the process', async () => {
    const id = await offer(10)
    await send(seller, id, 'submit')
    const [timer] = await timersOf(id)
    expect(timer).toMatchObject({ status: 'pending', due_at: '2026-12-06T08:00:00.000Z' })
    const jobs =
      await database.platform`select run_at from graphile_worker.jobs where key like ${'%' + (timer?.id as string)}`
    expect(jobs).toHaveLength(1)
    await Promise.all([
      fireTimer(robotWork(), timer?.id as string),
      fireTimer(robotWork(), timer?.id as string),
    ])
    expect(await state(id)).toBe('lost')
    expect((await timersOf(id)).map((row) => row.status)).toEqual(['fired'])
    const { entries } = await tenant.read(seller, (unit) => recordTimeline(unit, { object: 'offer', id }))
    expect(entries.filter((entry) => entry.cause?.note === 'Expired')).toHaveLength(1)
  })

  it('is void once its state was left, or its record deleted', async () => {
    const answered = await offer(10)
    await send(seller, answered, 'submit')
    const [timer] = await timersOf(answered)
    await send(seller, answered, 'answer', { accepted: true })
    await fireTimer(robotWork(), timer?.id as string)
    expect(await state(answered)).toBe('won')
    expect((await timersOf(answered)).map((row) => row.status)).toEqual(['cancelled'])
    expect(
      await database.platform`select 1 from graphile_worker.jobs where key like ${'%' + (timer?.id as string)}`,
    ).toHaveLength(0)
    const deleted = await offer(10)
    await send(seller, deleted, 'submit')
    const [late] = await timersOf(deleted)
    await tenant.sql`update offer set deleted_at = now() where id = ${deleted}`
    await fireTimer(robotWork(), late?.id as string)
    expect((await timersOf(deleted)).map((row) => row.status)).toEqual(['void'])
  })
})

describe('a declared entry', () => {
  const place = (by: Principal, value: string, entry?: string) =>
    tenant.write(by, (unit) =>
      createRecord(
        unit,
        { object: 'offer', values: { title: 'Old', state: value } },
        entry === undefined ? {} : { entry },
      ),
    )

  it('places a record in a state, logged, with the timers of that state', async () => {
    const record = await place(boss, 'sent', 'legacy')
    const id = String(record.id)
    expect(record).toMatchObject({ state: 'sent', sent_on: null })
    expect(
      await tenant.sql`select event from _step s join _instance i on i.id = s.instance where i.record = ${id}`,
    ).toMatchObject([{ event: 'entry:legacy' }])
    expect(
      await tenant.sql`select 1 from _timer t join _instance i on i.id = t.instance where i.record = ${id}`,
    ).toHaveLength(1)
    await send(boss, id, 'answer', { accepted: false, reason: 'no' })
    expect(await state(id)).toBe('lost')
  })

  it('is permitted to its roles and states alone', async () => {
    await expect(place(seller, 'sent', 'legacy')).rejects.toMatchObject({ faults: [{ code: 'forbidden' }] })
    await expect(place(boss, 'in_approval', 'legacy')).rejects.toMatchObject({ faults: [{ code: 'state' }] })
    await expect(place(boss, 'sent', 'other')).rejects.toMatchObject({ faults: [{ code: 'state' }] })
  })
})

it('shows the way of a record and exactly the events that are possible', async () => {
  const id = await offer(5000)
  await send(seller, id, 'submit')
  const seen = await view(boss, id)
  expect(seen.path.map(({ state: name, status }) => [name, status])).toEqual([
    ['draft', 'done'],
    ['in_approval', 'here'],
    ['sent', 'possible'],
    ['won', 'ahead'],
    ['lost', 'possible'],
  ])
  expect(seen.events.map((event) => event.name)).toEqual(['discard'])
  expect(seen.work_items).toMatchObject([
    { kind: 'approval', can: ['claim', 'approve', 'reject', 'attach', 'comment'] },
  ])
  expect((await view(looker, id)).events).toEqual([])
})

it('records what made each step', async () => {
  const causesOf = async (record: unknown) =>
    (
      await tenant.sql<{ event: string; cause: unknown }[]>`
        select s.event, s.cause from _step s join _instance i on i.id = s.instance
        where i.record = ${String(record)} order by s.number`
    ).map(({ event, cause }) => [event, cause])
  const id = await offer(5000)
  await send(seller, id, 'submit')
  const item = (await itemOf(boss, id))?.id as string
  await tenant.write(boss, (unit) => completeWorkItem(unit, { id: item, outcome: 'approved' }))
  await send(seller, id, 'answer', { accepted: true })
  const bySeller = { kind: 'person', id: seller.userId }
  expect(await causesOf(id)).toEqual([
    ['begin', bySeller],
    ['submit', bySeller],
    ['approval approved', { kind: 'work_item', id: item }],
    ['answer', bySeller],
  ])
  const [instance] = await tenant.sql`select id from _instance where record = ${id}`
  const { job } = await tenant.read(boss, (unit) => getRecord(unit, { object: 'offer', id }))
  expect((await causesOf(job))[0]).toEqual(['begin', { kind: 'process', id: instance?.id }])
  const forgotten = await offer(10)
  await send(seller, forgotten, 'submit')
  const [timer] = await tenant.sql<{ id: string }[]>`
    select t.id from _timer t join _instance i on i.id = t.instance where i.record = ${forgotten}`
  await fireTimer(tenant.work(boss), timer?.id as string)
  expect((await causesOf(forgotten)).at(-1)).toEqual(['after P14D', { kind: 'timer', id: timer?.id }])
})

it('lets concurrent senders of one event have one winner', async () => {
  const id = await offer(10)
  const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => send(seller, id, 'submit')))
  expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1)
  const steps =
    await tenant.sql`select s.number from _step s join _instance i on i.id = s.instance where i.record = ${id} order by number`
  expect(steps.map((row) => row.number)).toEqual([0, 1])
})

it('keeps a deleted record from its events', async () => {
  const id = await offer(10, boss)
  await expect(
    tenant.write(boss, (unit) => deleteRecord(unit, { object: 'offer', id })),
  ).rejects.toMatchObject({ code: 'forbidden' })
  await tenant.sql`update offer set deleted_at = now() where id = ${id}`
  await expect(send(boss, id, 'submit')).rejects.toMatchObject({ code: 'not_found' })
})
