import { beforeAll, expect, it } from 'vitest'
import { approval } from '../../platform/server/contract/approvals.ts'
import { workItem } from '../../platform/server/contract/processes.ts'
import { freshDatabase } from '../harness/fresh-database.ts'
import type { Client } from '../server/client.ts'
import { serveLibrary } from '../server/serve-library.ts'
import { only } from './declarations.ts'

const server = await serveLibrary(await freshDatabase(), { documents: only('acts'), name: 'acts' })
let rita: Client
let ann: Client
let dora: Client
let reviewer: string

beforeAll(async () => {
  rita = await server.signIn('Rita', ['asker'])
  ann = await server.signIn('Ann', ['checker'])
  dora = await server.signIn('Dora', ['finance'])
  reviewer = (await dora.get('/api/session')).body.user.id
})

const processOf = async (who: Client, record: string) =>
  (await who.get(`/api/records/ask_acts/${record}/process`)).body
const itemOf = async (who: Client, record: string) =>
  (await processOf(who, record)).work_items.find(({ can }: { can: string[] }) => can.includes('approve'))
const asked = async () => {
  const { body } = await rita.post('/api/records/ask_acts', { title: 'A', reviewer, other: reviewer })
  await rita.post(`/api/records/ask_acts/${body.id}/events/submit`)
  return body.id as string
}

it('is decided, taken back and returned over HTTP, and shown as the contract says', async () => {
  const record = await asked()
  const part = await itemOf(ann, record)
  expect(workItem.parse(part)).toEqual(part)
  expect((await ann.post(`/api/work-items/${part.id}/complete`, { outcome: 'approved' })).status).toBe(200)
  const [shown] = (await processOf(ann, record)).approvals
  expect(approval.parse(shown)).toEqual(shown)
  expect(shown).toMatchObject({
    status: 'running',
    can: ['take_back'],
    levels: [{ status: 'approved' }, {}, {}],
  })
  expect((await ann.post(`/api/approvals/${shown.id}/take-back`, { comment: 'Wait' })).status).toBe(204)
  expect((await dora.post(`/api/approvals/${shown.id}/take-back`, {})).status).toBe(404)
  await ann.post(`/api/work-items/${(await itemOf(ann, record)).id}/complete`, { outcome: 'approved' })
  const doras = `/api/work-items/${(await itemOf(dora, record)).id}/return`
  expect((await dora.post(doras, { to: 'one' })).status).toBe(400)
  expect((await dora.post(doras, { to: 'nowhere', comment: 'No' })).status).toBe(422)
  expect((await dora.post(doras, { to: 'one', comment: 'Again' })).body).toMatchObject({ status: 'done' })
  expect((await processOf(ann, record)).approvals[0].levels[0].status).toBe('open')
})

it('is withdrawn by its requester alone', async () => {
  const record = await asked()
  const [{ id }] = (await processOf(rita, record)).approvals
  expect((await ann.post(`/api/approvals/${id}/withdraw`, {})).status).toBe(404)
  expect((await rita.post(`/api/approvals/${id}/withdraw`, { comment: 'A mistake' })).status).toBe(204)
  expect((await rita.post(`/api/approvals/${id}/withdraw`, {})).status).toBe(409)
  expect((await processOf(rita, record)).approvals[0]).toMatchObject({ status: 'withdrawn', can: [] })
})
