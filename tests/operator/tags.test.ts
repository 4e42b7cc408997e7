import { beforeAll, expect, it } from 'vitest'
import { buildModel } from '../../platform/definitions/index.ts'
import { listInstances } from '../../platform/processes/index.ts'
import { publishModel } from '../../platform/publishing/index.ts'
import { readingWork } from '../../platform/records/index.ts'
import { processPicture } from '../../platform/server/contract/picture.ts'
import { processView } from '../../platform/server/contract/processes.ts'
import { freshDatabase } from '../harness/fresh-database.ts'
import type { Client } from '../server/client.ts'
import { serveLibrary } from '../server/serve-library.ts'
import { declarations } from './declarations.ts'

const database = await freshDatabase()
const server = await serveLibrary(database, { documents: declarations, name: 'parcels' })
const { tenant } = server
const atDesk = { value: 'at_desk', label: { en: 'At the desk', 'zh-CN': '待办公室处理' }, colour: 'amber' }
const inHouse = { value: 'in_house', label: { en: 'In the house', 'zh-CN': '在库' } }
const onTheWay = { value: 'on_the_way', label: 'On the way' }
let admin: Client
let draft: string
let packed: string
let sent: string

beforeAll(async () => {
  admin = await server.signIn('Ada Admin', ['administrator'])
  const parcel = async (weight: number) =>
    String((await admin.post('/api/records/parcel', { title: `${weight} kg`, weight })).body.id)
  draft = await parcel(1)
  packed = await parcel(20)
  sent = await parcel(2)
  for (const id of [packed, sent]) await admin.post(`/api/records/parcel/${id}/events/pack`, { values: {} })
})

const view = async (id: string) => (await admin.get(`/api/records/parcel/${id}/process`)).body
const records = (items: readonly { record: { id: string } }[]) =>
  items.map(({ record }) => record.id).toSorted()
const tagged = async (query: string) => {
  const { body } = await admin.get(`/api/instances?${query}`)
  return records(body.items)
}

it('a record tells the tags of all states that it is in, in the order of their choice set', async () => {
  const shown = await view(packed)
  expect(processView.parse(shown)).toEqual(shown)
  expect(shown.states).toEqual(['preparing.papers.writing', 'preparing.goods.picking'])
  expect(shown.tags).toEqual([atDesk, inHouse])
  expect((await view(sent)).tags).toEqual([onTheWay])
  expect((await view(draft)).tags).toEqual([])
})

it('a picture gives every state its own tags', async () => {
  const { body } = await admin.get(`/api/records/parcel/${packed}/process/picture`)
  expect(processPicture.parse(body)).toEqual(body)
  const tags = Object.fromEntries(
    body.machine.states.map((state: { path: string; tags: unknown }) => [state.path, state.tags]),
  )
  expect(tags).toMatchObject({
    preparing: [inHouse],
    'preparing.papers.writing': [atDesk],
    'preparing.papers.signed': [],
    sent: [onTheWay],
  })
})

it('operators find processes by tag, list and count them, and repair them', async () => {
  expect(await tagged('tag=at_desk')).toEqual([packed])
  expect(await tagged('tag=in_house&process=shipping')).toEqual([packed])
  expect(await tagged('tag=on_the_way')).toEqual([sent])
  expect(await tagged('tag=in_the_house')).toEqual([])
  expect(await tagged('tag=at_desk&process=other')).toEqual([])
  const { body } = await admin.get('/api/instances/counts')
  const counted = body.places.map(({ tags, counts }: { tags: unknown; counts: { active: number } }) => [
    tags,
    counts.active,
  ])
  expect(counted).toEqual(
    expect.arrayContaining([
      [[], 1],
      [[atDesk, inHouse], 1],
      [[onTheWay], 1],
    ]),
  )
  const started = await admin.post('/api/repairs', { act: { act: 'retry' }, filter: { tag: 'on_the_way' } })
  expect(started).toMatchObject({ status: 202, body: { total: 1 } })
})

it('a record on an earlier version is found by the tags of that version', async () => {
  const changed: Record<string, object> = {
    draft: { tags: { on_the_way: true } },
    sent: { tags: { at_desk: true } },
  }
  const { shipping } = declarations.process as { shipping: { machine: { states: Record<string, object> } } }
  const states = Object.entries(shipping.machine.states).map(([name, state]) => [
    name,
    { ...state, ...changed[name] },
  ])
  const machine = { ...shipping.machine, states: Object.fromEntries(states) }
  const { model } = buildModel({
    documents: { ...declarations, process: { shipping: { ...shipping, machine } } },
  })
  if (model === undefined) throw new Error('The new version has faults.')
  await publishModel({ database, tenant: 'parcels', model })
  const ada = await tenant.person('Ada Admin')
  const found = async (tag: string) =>
    records((await listInstances(readingWork({ ...tenant.work(ada), model }), { tag })).items)
  expect(await found('on_the_way')).toEqual([sent])
  expect(await found('at_desk')).toEqual([packed])
})
