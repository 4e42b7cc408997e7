import { afterAll, beforeAll, expect, it } from 'vitest'
import { startWorker, taskHandlers } from '../../platform/background/index.ts'
import { runRepair } from '../../platform/background/repairs/run-repair.ts'
import {
  actRequest,
  countedPlaces,
  listedInstances,
  repair,
  repairResults,
  repairs,
} from '../../platform/server/contract/operation.ts'
import { readPerson } from '../../platform/server/identity/principals.ts'
import { freshDatabase } from '../harness/fresh-database.ts'
import type { Client } from '../server/client.ts'
import { serveLibrary } from '../server/serve-library.ts'
import { declarations } from './declarations.ts'

const database = await freshDatabase()
const server = await serveLibrary(database, { documents: declarations, name: 'depot' })
const { tenant, parts } = server
const { models, ports, processPorts, clock } = parts
const background = {
  ...{ database, models, ports, clock },
  person: (options: { tenant: string; member: string; now: Date }) =>
    readPerson({ database, models, ...options }),
}
let olga: Client
let admin: Client
let clerk: Client

beforeAll(async () => {
  admin = await server.signIn('Ada Admin', ['administrator'])
  olga = await server.signIn('Olga Operator', ['operator'])
  clerk = await server.signIn('Cleo Clerk', ['clerk'])
})

const make = async (count: number, weight = 20) => {
  const ids: string[] = []
  for (let at = 0; at < count; at++) {
    const { body } = await admin.post('/api/records/parcel', { title: `Parcel ${at}`, weight })
    await admin.post(`/api/records/parcel/${body.id}/events/pack`)
    ids.push(body.id)
  }
  return ids
}
const instances = async (records: readonly string[]) => {
  const rows = await tenant.sql<{ id: string; record: string; step: number; states: string[] }[]>`
    select id, record, step, states from _instance where record = any(${records as string[]}) order by id`
  return [...rows]
}
const job = (id: string, signal = new AbortController().signal) => ({
  tenant: 'depot',
  payload: { repair: id },
  attempt: 1,
  attempts: 5,
  signal,
})
const move = { act: 'move', state: 'sent', reason: 'The strike is over' }

it('acts on one instance over the API, as it was seen', async () => {
  const [record] = await make(1)
  const [instance] = await instances([record as string])
  const { body } = await olga.get('/api/instances?process=shipping&state=preparing')
  expect(listedInstances.parse(body)).toEqual(body)
  expect(body.items).toMatchObject([{ id: instance?.id, step: 1, record: { id: record, title: 'Parcel 0' } }])
  const path = `/api/instances/${instance?.id}/act`
  expect((await clerk.post(path, { step: 1, act: move })).status).toBe(403)
  expect((await olga.post(path, { step: 0, act: move })).status).toBe(409)
  expect((await olga.post(path, { step: 1, act: { ...move, reason: ' ' } })).status).toBe(400)
  expect(actRequest.safeParse({ step: 1, act: { act: 'end' } }).success).toBe(false)
  expect((await olga.post(path, { step: 1, act: move })).status).toBe(204)
  const steps = await olga.get(`/api/records/parcel/${record}/process/steps`)
  expect(steps.body.steps[0]).toMatchObject({
    event: 'operator:move',
    by: { name: 'Olga Operator' },
    cause: { kind: 'operator', act: 'move', reason: 'The strike is over' },
  })
  const counts = await olga.get('/api/instances/counts')
  expect(countedPlaces.parse(counts.body)).toEqual(counts.body)
  expect(counts.body.places).toMatchObject([
    { states: [{ path: 'sent', label: 'Sent' }], counts: { active: 1 } },
  ])
})

it('repairs all that a filter finds, each by itself, and says what became of each', async () => {
  const records = await make(5)
  const filter = { state: 'preparing' }
  expect((await clerk.post('/api/repairs', { act: move, filter })).status).toBe(403)
  const { status, body } = await olga.post('/api/repairs', { act: move, filter })
  expect([status, body.total]).toEqual([202, 5])
  const [moved] = await instances(records)
  await admin.post(`/api/records/parcel/${moved?.record}/events/sign`)
  const gone = new AbortController()
  gone.abort()
  await runRepair(background, job(body.id, gone.signal), processPorts)
  expect((await olga.get(`/api/repairs/${body.id}`)).body).toMatchObject({ status: 'running', done: 0 })
  await runRepair(background, job(body.id), processPorts)
  const done = await olga.get(`/api/repairs/${body.id}`)
  expect(repair.parse(done.body)).toEqual(done.body)
  expect(done.body).toMatchObject({
    status: 'done',
    total: 5,
    done: 5,
    refused: 1,
    by: { name: 'Olga Operator' },
  })
  const results = await olga.get(`/api/repairs/${body.id}/results`)
  expect(repairResults.parse(results.body)).toEqual(results.body)
  expect(results.body.items[0]).toMatchObject({ record: moved?.record, status: 'refused', code: 'conflict' })
  expect(results.body.items.slice(1).map((item: { status: string }) => item.status)).toEqual(
    Array.from({ length: 4 }, () => 'done'),
  )
  const states = (await instances(records)).map((instance) => instance.states.join())
  expect(states.filter((state) => state === 'sent')).toHaveLength(4)
  const all = await olga.get('/api/repairs')
  expect(repairs.parse(all.body).items).toHaveLength(1)
  expect((await clerk.get('/api/repairs')).status).toBe(403)
  expect((await olga.post('/api/repairs', { act: move, filter: { state: 'nowhere' } })).status).toBe(404)
})

it('goes on where it was interrupted, under the rights of the person at that moment', async () => {
  const records = await make(3)
  const ids = (await instances(records)).map(({ id }) => id)
  const { body } = await olga.post('/api/repairs', { act: { act: 'end', reason: 'Old' }, filter: { ids } })
  await tenant.sql`update _repair_item set status = 'done' where repair = ${body.id} and instance = ${ids[0] as string}`
  await runRepair(background, job(body.id), processPorts)
  await runRepair(background, job(body.id), processPorts)
  const ended =
    await tenant.sql`select id from _instance where id = any(${ids}) and status = 'stopped' order by id`
  expect(ended.map(({ id }) => id)).toEqual(ids.slice(1))
  const more = (await instances(await make(2))).map(({ id }) => id)
  const second = await olga.post('/api/repairs', {
    act: { act: 'end', reason: 'Old' },
    filter: { ids: more },
  })
  await tenant.sql`update "user" set is_active = false where name = 'Olga Operator'`
  await runRepair(background, job(second.body.id), processPorts)
  expect((await admin.get(`/api/repairs/${second.body.id}`)).body).toMatchObject({
    status: 'failed',
    done: 0,
  })
  await tenant.sql`update "user" set is_active = true where name = 'Olga Operator'`
  const third = await olga.post('/api/repairs', { act: { act: 'end', reason: 'Old' }, filter: { ids: more } })
  expect((await admin.post(`/api/repairs/${third.body.id}/cancel`)).body).toMatchObject({
    status: 'cancelled',
  })
  await runRepair(background, job(third.body.id), processPorts)
  expect(
    await tenant.sql`select 1 from _instance where id = any(${more}) and status = 'active'`,
  ).toHaveLength(2)
})

it('notes why a timer could not fire, and fires it after a retry', async () => {
  const worker = await startWorker({ database, handlers: taskHandlers(background, processPorts) })
  afterAll(() => worker.stop())
  const [record] = await make(1, 1)
  const [instance] = await instances([record as string])
  // A version that does not fit any more: nothing can be decided in it.
  await tenant.sql`update _instance set snapshot = '{}' where id = ${instance?.id as string}`
  const [timer] = await tenant.sql<{ id: string }[]>`
    update _timer set due_at = now() where instance = ${instance?.id as string} returning id`
  await admin.post(`/api/instances/${instance?.id}/act`, { step: instance?.step, act: { act: 'retry' } })
  const state = async () =>
    (await tenant.sql`select status, last_error, attempts from _timer where id = ${timer?.id as string}`)[0]
  await expect.poll(async () => (await state())?.attempts, { timeout: 15_000 }).toBeGreaterThan(0)
  const failed = await admin.get('/api/instances?trouble=failed')
  expect(failed.body.items).toMatchObject([
    {
      id: instance?.id,
      timers: [{ error: expect.stringContaining('could not carry it out'), has_failed: false }],
    },
  ])
})
