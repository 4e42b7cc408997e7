import { beforeAll, expect, it } from 'vitest'
import { completeWorkItem, fireTimer, listWorkItems } from '../../platform/processes/index.ts'
import { processPicture, processSteps } from '../../platform/server/contract/picture.ts'
import { freshDatabase } from '../harness/fresh-database.ts'
import type { Client } from '../server/client.ts'
import { serveLibrary } from '../server/serve-library.ts'
import { declarations } from './declarations.ts'

const server = await serveLibrary(await freshDatabase(), { documents: declarations, name: 'parcels' })
const { tenant } = server
let clerk: Client
let admin: Client
let parcel: string
const path = () => `/api/records/parcel/${parcel}/process`

beforeAll(async () => {
  clerk = await server.signIn('Cleo Clerk', ['clerk'])
  admin = await server.signIn('Ada Admin', ['administrator'])
  const { body } = await admin.post('/api/records/parcel', { title: 'Books', weight: 20 })
  parcel = body.id
  await admin.post(`/api/records/parcel/${parcel}/events/pack`, {
    values: { pin: '1234', remark: 'fragile' },
  })
  const ann = await tenant.person('Ann', { roles: ['clerk'] })
  const items = await tenant.read(ann, (unit) => listWorkItems(unit, { record: parcel }))
  await tenant.write(ann, (unit) =>
    completeWorkItem(unit, { id: items[0]?.id as string, values: { shelf: 'A7' }, comment: 'done' }),
  )
})

it('draws the machine as a tree with its transitions, and the place of the record in it', async () => {
  const { status, body } = await clerk.get(`${path()}/picture`)
  expect([status, processPicture.parse(body)]).toEqual([200, body])
  expect(body).toMatchObject({
    process: 'shipping',
    is_current_version: true,
    is_whole: true,
    states: ['preparing.papers.writing', 'preparing.goods.picked'],
    ended: false,
    step: 2,
    timers: [{ transitions: ['preparing.papers.writing|after|P2D|0'] }],
    work: [],
  })
  const state = (of: string) => body.machine.states.find((each: { path: string }) => each.path === of)
  expect(state('')).toMatchObject({ parent: null, kind: 'compound', label: { en: 'Shipping' } })
  expect(state('preparing')).toMatchObject({
    parent: '',
    kind: 'parallel',
    visits: 1,
    since: expect.any(String),
  })
  expect(state('preparing.goods.picking')).toMatchObject({
    parent: 'preparing.goods',
    initial: true,
    visits: 1,
    since: null,
    invocations: [{ id: 'pick', kind: 'task', title: { en: 'Pick the goods' } }],
  })
  expect(state('sent')).toMatchObject({ colour: 'blue', visits: 0, spent_ms: 0, since: null })
  const transition = (id: string) => body.machine.transitions.find((each: { id: string }) => each.id === id)
  expect(transition('draft|event|pack|0')).toMatchObject({
    to: ['preparing'],
    trigger: { kind: 'event', name: 'pack', label: { en: 'Pack' } },
    guard: 'record.weight > 10',
    taken: 1,
  })
  expect(transition('preparing.goods.picking|invocation|pick|0')).toMatchObject({ taken: 1 })
  expect(transition('preparing|done||0')).toMatchObject({ to: ['sent'], taken: 0, taken_at: null })
})

it('tells every step with its reason, what made it, and what it entered and left', async () => {
  const { status, body } = await clerk.get(`${path()}/steps`)
  expect([status, processSteps.parse(body)]).toEqual([200, body])
  expect(body.next).toBeNull()
  const [picked, packed, begun] = body.steps
  expect(picked).toMatchObject({
    number: 2,
    by: { name: 'Ann' },
    trigger: { kind: 'invocation', name: 'pick' },
    cause: { kind: 'work_item', title: { en: 'Pick the goods' } },
    payload: { shelf: 'A7' },
    outcome: 'done',
    comment: 'done',
    entered: ['preparing.goods.picked'],
    left: [{ state: 'preparing.goods.picking', spent_ms: expect.any(Number) }],
  })
  expect(packed).toMatchObject({
    by: { name: 'Ada Admin' },
    cause: { kind: 'person' },
    entered: [
      ...['preparing', 'preparing.papers', 'preparing.papers.writing'],
      ...['preparing.goods', 'preparing.goods.picking'],
    ],
    transitions: [{ id: 'draft|event|pack|0', guard: 'record.weight > 10' }],
  })
  expect(begun).toMatchObject({ number: 0, event: 'begin', trigger: null, entered: ['draft'] })
})

it('hides values that go into fields which the person may not see, and conditions that name them', async () => {
  const packed = async (who: Client) =>
    (await who.get(`${path()}/steps?transition=draft|event|pack|0`)).body.steps[0]
  expect(await packed(clerk)).toMatchObject({ payload: { remark: 'fragile' }, hides_payload: true })
  expect((await packed(clerk)).payload).not.toHaveProperty('pin')
  expect(await packed(admin)).toMatchObject({
    payload: { pin: '1234', remark: 'fragile' },
    hides_payload: false,
  })
  const guard = async (who: Client) =>
    (await who.get(`${path()}/picture`)).body.machine.transitions.find(
      (each: { id: string }) => each.id === 'draft|event|pack|1',
    ).guard
  expect(await guard(clerk)).toBeNull()
  expect(await guard(admin)).toBe("record.code == 'x'")
})

it('shows the steps of one state, in pages, to those alone who may read the record', async () => {
  const writing = await clerk.get(`${path()}/steps?state=preparing.papers.writing`)
  expect(writing.body.steps.map(({ number }: { number: number }) => number)).toEqual([1])
  const first = await clerk.get(`${path()}/steps?limit=2`)
  const second = await clerk.get(`${path()}/steps?limit=2&after=${first.body.next}`)
  expect(
    [first, second].map(({ body }) => body.steps.map(({ number }: { number: number }) => number)),
  ).toEqual([[2, 1], [0]])
  const stranger = await server.signIn('Sid Stranger', [])
  for (const part of ['picture', 'steps']) {
    expect((await stranger.get(`${path()}/${part}`)).status).toBe(404)
    expect((await clerk.get(`/api/records/user/${parcel}/process/${part}`)).status).toBe(404)
  }
  expect((await clerk.get(`${path()}/steps?limit=1000`)).status).toBe(400)
})

it('counts the time spent in states, and passes through what a timer ends', async () => {
  const [timer] = await tenant.sql<{ id: string }[]>`
    select t.id from _timer t join _instance i on i.id = t.instance where i.record = ${parcel} and t.status = 'pending'`
  const [begun] = await tenant.sql<{ at: Date }[]>`
    select s.at from _step s join _instance i on i.id = s.instance where i.record = ${parcel} and s.number = 1`
  const later = new Date(new Date(begun?.at as Date).getTime() + 172_800_000)
  tenant.setClock(later.toISOString())
  const robot = await tenant.person('Ann', { roles: ['clerk'] })
  await fireTimer(tenant.work(robot), timer?.id as string)
  const { body } = await admin.get(`${path()}/picture`)
  const state = (of: string) => body.machine.states.find((each: { path: string }) => each.path === of)
  expect(body.states).toEqual(['sent'])
  expect(state('preparing')).toMatchObject({ visits: 1, spent_ms: 172_800_000, since: null })
  expect(state('preparing.papers.signed')).toMatchObject({ visits: 1, spent_ms: 0 })
  const steps = await admin.get(`${path()}/steps?limit=1`)
  expect(steps.body.steps[0]).toMatchObject({
    event: 'after P2D',
    by: null,
    cause: { kind: 'timer', id: timer?.id },
    trigger: { kind: 'after', name: 'P2D' },
    states: ['sent'],
  })
  expect(steps.body.steps[0].entered).toEqual(['preparing.papers.signed', 'sent'])
})
