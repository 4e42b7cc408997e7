import { beforeAll, expect, it } from 'vitest'
import { workItem } from '../../platform/server/contract/processes.ts'
import { presenceView, queues, queueView, workProfile } from '../../platform/server/contract/queues.ts'
import { freshDatabase } from '../harness/fresh-database.ts'
import type { Client } from '../server/client.ts'
import { serveLibrary } from '../server/serve-library.ts'
import { declarations } from './declarations.ts'

const server = await serveLibrary(await freshDatabase(), { documents: declarations, name: 'hall' })
let asker: Client
let ann: Client
let admin: Client
let annId: string

beforeAll(async () => {
  asker = await server.signIn('Cleo', ['asker'])
  ann = await server.signIn('Ann', ['agent'])
  admin = await server.signIn('Ada', ['administrator'])
  annId = (await ann.get('/api/session')).body.user.id
})

it('shows a queue to its members, who take the next', async () => {
  await asker.post('/api/records/question', { title: 'How?', queue: 'desk', urgency: 2 })
  const { body: list } = await ann.get('/api/queues')
  expect(queues.parse(list)).toEqual(list)
  expect(list.items.map(({ name, waiting }: { name: string; waiting: number }) => [name, waiting])).toEqual([
    ['desk', 1],
    ['friends', 0],
    ['line', 0],
  ])
  const { body: desk } = await ann.get('/api/queues/desk')
  expect(queueView.parse(desk)).toEqual(desk)
  expect(desk).toMatchObject({
    items: [{ item: { record: { title: 'How?' }, can: ['claim', 'comment'] } }],
    people: [{ name: 'Ann', presence: 'away', load: 0, capacity: 5 }],
  })
  expect((await ann.get('/api/queues/experts')).status).toBe(404)
  expect((await admin.get('/api/queues')).body.items).toHaveLength(4)
  expect((await asker.post('/api/queues/desk/next')).status).toBe(404)
  const taken = await ann.post('/api/queues/desk/next')
  expect(workItem.parse(taken.body)).toEqual(taken.body)
  expect(taken.body).toMatchObject({ queue: { name: 'desk' }, assignee: { name: 'Ann' }, priority: 2 })
  expect((await ann.post('/api/queues/desk/next')).status).toBe(204)
  expect((await ann.get('/api/meta')).body.has_queues).toBe(true)
})

it('keeps the presence of people, and their skills, which those above give', async () => {
  const { body: here } = await ann.post('/api/presence', { presence: 'available' })
  expect(presenceView.parse(here)).toEqual(here)
  expect((await ann.get('/api/presence')).body).toMatchObject({ presence: 'available', chosen: 'available' })
  expect((await ann.post('/api/presence/seen')).status).toBe(204)
  expect((await asker.post('/api/presence', { presence: 'busy', person: annId })).status).toBe(403)
  expect((await admin.post('/api/presence', { presence: 'busy', person: annId })).body.chosen).toBe('busy')
  const path = `/api/work-profiles/${annId}`
  const { body: profile } = await admin.patch(path, { skills: { german: 3 }, capacity: 2 })
  expect(workProfile.parse(profile)).toEqual(profile)
  expect(profile).toMatchObject({ skills: { german: 3 }, capacity: 2, share: 1, can_change: true })
  expect((await ann.get(path)).body).toMatchObject({ skills: { german: 3 }, can_change: false })
  expect((await ann.patch(path, { share: 9 })).status).toBe(403)
  expect((await asker.get(path)).status).toBe(404)
  expect((await admin.patch(path, { skills: { french: 1 } })).body.faults).toMatchObject([
    { field: 'skills' },
  ])
  expect((await admin.patch(path, { skills: { telex: 1 } })).status).toBe(422)
  expect((await admin.patch(path, { capacity: 0 })).status).toBe(400)
})
