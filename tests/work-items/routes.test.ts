import { beforeAll, expect, it } from 'vitest'
import { workItem } from '../../platform/server/contract/processes.ts'
import { absence, workBulkAnswer, workLog } from '../../platform/server/contract/work.ts'
import { freshDatabase } from '../harness/fresh-database.ts'
import type { Client } from '../server/client.ts'
import { serveLibrary } from '../server/serve-library.ts'
import { declarations } from './declarations.ts'

const server = await serveLibrary(await freshDatabase(), { documents: declarations, name: 'desk' })
let client: Client
let ann: Client
let bob: Client
let admin: Client
const ids = new Map<string, string>()

beforeAll(async () => {
  client = await server.signIn('Cleo', ['client'])
  ann = await server.signIn('Ann', ['clerk'])
  bob = await server.signIn('Bob', ['clerk'])
  admin = await server.signIn('Ada', ['administrator'])
  for (const [name, who] of Object.entries({ client, ann, bob, admin }))
    ids.set(name, (await who.get('/api/session')).body.user.id)
})

const filed = async () => {
  const { body } = await client.post('/api/records/claim', { title: 'Broken cup', checker: ids.get('ann') })
  const record = `/api/records/claim/${body.id}`
  const answer = await client.post(`${record}/events/file?expand=process`)
  return `/api/work-items/${answer.body.process.work_items[0].id}`
}

it('passes one item from hand to hand, and tells its story', async () => {
  const item = await filed()
  const to = ids.get('bob')
  const taken = await ann.post(`${item}/claim`)
  expect(workItem.parse(taken.body)).toEqual(taken.body)
  expect(await ann.post(`${item}/delegate`, { to, comment: 'What do you say?' })).toMatchObject({
    status: 200,
  })
  expect((await bob.post(`${item}/answer`, { comment: ' ' })).status).toBe(400)
  expect((await bob.post(`${item}/answer`, { comment: 'Yes' })).body).toMatchObject({
    assignee: { name: 'Ann' },
  })
  expect((await ann.post(`${item}/delegate`, { to })).status).toBe(200)
  expect((await ann.post(`${item}/recall`)).status).toBe(200)
  expect((await client.post(`${item}/urge`)).status).toBe(204)
  const again = await client.post(`${item}/urge`)
  expect([again.status, Number(again.headers.get('retry-after')) > 3_000]).toEqual([429, true])
  expect((await client.post(`${item}/comment`, { comment: 'Soon?' })).status).toBe(204)
  expect((await admin.post(`${item}/due`, { due_at: '2027-01-01T00:00:00+08:00' })).status).toBe(204)
  const added = await ann.post(`${item}/add`, { to, place: 'before' })
  expect(added.body).toMatchObject({ status: 'waiting', added: [{ person: { name: 'Bob' } }] })
  expect((await ann.post(`${item}/remove`, { added: added.body.added[0].id })).body.added).toEqual([])
  expect((await ann.post(`${item}/transfer`, { to })).status).toBe(200)
  const { body } = await ann.get(`${item}/log`)
  expect(workLog.parse(body)).toEqual(body)
  expect(body.entries.map(({ act }: { act: string }) => act)).toEqual([
    ...['claim', 'delegate', 'answer', 'delegate', 'recall', 'urge', 'comment', 'change_due'],
    ...['add_before', 'remove', 'go_on', 'transfer'],
  ])
})

it('acts on many items, each for itself', async () => {
  const items = [await filed(), await filed()]
  const many = items.map((item) => item.split('/').at(-1) as string)
  await bob.post(`${items[1]}/claim`)
  const claimed = await ann.post('/api/work-items/bulk', { act: 'claim', ids: many })
  expect(workBulkAnswer.parse(claimed.body)).toMatchObject({
    results: [
      { id: many[0], ok: true },
      { id: many[1], ok: false, problem: { code: 'conflict' } },
    ],
  })
  const passed = await ann.post('/api/work-items/bulk', { act: 'transfer', ids: many, to: ids.get('bob') })
  expect(passed.body.results.map(({ ok }: { ok: boolean }) => ok)).toEqual([true, false])
  const done = await bob.post('/api/work-items/bulk', { act: 'complete', ids: many, outcome: 'rejected' })
  expect(done.body.results).toEqual(many.map((id) => ({ id, ok: true })))
  expect((await bob.post('/api/work-items/bulk', { act: 'complete', ids: [] })).status).toBe(400)
  expect((await bob.post('/api/work-items/bulk', { act: 'urge', ids: many })).status).toBe(400)
})

it('keeps absences, and hands work over', async () => {
  const item = await filed()
  await ann.post(`${item}/claim`)
  const starts = new Date(Date.now() - 1_000).toISOString()
  const ends = new Date(Date.now() + 3_600_000).toISOString()
  const made = await ann.post('/api/absences', {
    substitute: ids.get('bob'),
    starts_at: starts,
    ends_at: ends,
  })
  expect(made.status).toBe(201)
  expect(absence.parse(made.body)).toEqual(made.body)
  expect((await bob.get('/api/absences')).body.items).toHaveLength(1)
  expect((await bob.get('/api/absences?of=everyone')).status).toBe(403)
  const mine: { id: string; is_substitute: boolean }[] = (await bob.get('/api/work-items')).body.items
  expect(mine.filter((each) => each.is_substitute).map(({ id }) => id)).toEqual([item.split('/').at(-1)])
  expect((await bob.delete(`/api/absences/${made.body.id}`)).status).toBe(404)
  expect((await ann.delete(`/api/absences/${made.body.id}`)).status).toBe(204)
  const handing = { from: ids.get('ann'), to: ids.get('bob') }
  expect((await bob.post('/api/work-items/hand-over', handing)).status).toBe(403)
  expect((await bob.get('/api/work-items?held_by=inactive')).status).toBe(403)
  expect((await admin.get(`/api/work-items?held_by=${handing.from}`)).body.items).toHaveLength(1)
  const moved = await admin.post('/api/work-items/hand-over', handing)
  expect(moved.body.results).toMatchObject([{ ok: true }])
})
