import { createHmac } from 'node:crypto'
import { expect, it } from 'vitest'
import { outgoingMeans } from '../../platform/background/index.ts'
import { sendOut } from '../../platform/processes/index.ts'
import { freshDatabase } from '../harness/fresh-database.ts'
import { serveLibrary } from '../server/serve-library.ts'
import { declarations } from './declarations.ts'

const database = await freshDatabase()
const { tenant, signIn, visitor } = await serveLibrary(database, {
  documents: {
    ...declarations,
    connection: {
      erp: { name: 'erp', label: 'ERP', base_url: 'https://erp.example/', methods: ['GET'] },
    },
  } as never,
  name: 'tasks',
  settings: {
    outgoing: outgoingMeans({
      TESSERA_SECRET_TASKS__INTAKE: 'open-sesame',
      TESSERA_SECRET_TASKS__HOOK: 'shared',
    }),
  },
})
const admin = await signIn('Ada Admin', ['administrator'])
const clerk = await signIn('Carla Clerk', ['clerk'])

const json = { 'content-type': 'application/json' }
const post = (trigger: string, body: object, headers: Record<string, string>) =>
  visitor.send('POST', `/api/inbound/${trigger}`, {
    body: JSON.stringify(body),
    headers: { ...json, ...headers },
  })
const runs = () => tenant.sql`select trigger, seen, key from _trigger_run order by id`
const signed = (body: object, { secret = 'shared', at = Date.now() } = {}) => {
  const time = Math.floor(at / 1_000)
  const mac = createHmac('sha256', secret)
    .update(`${time}.${JSON.stringify(body)}`)
    .digest('hex')
  return { 'tessera-signature': `t=${time},v1=${mac}` }
}

it('takes in what bears the key, once for each idempotency key', async () => {
  const known = { authorization: 'Bearer open-sesame', 'idempotency-key': 'a' }
  for (const repeated of [false, true])
    expect((await post('tasks/intake', { title: 'A' }, known)).body).toMatchObject({ repeated })
  expect(await runs()).toMatchObject([{ trigger: 'intake', key: 'a', seen: { event: { title: 'A' } } }])
  expect((await post('tasks/intake', { title: 'A' }, { authorization: 'Bearer sesame' })).status).toBe(401)
  await tenant.sql`delete from _trigger_run`
})

it('takes in what is signed, and nothing that is forged, late or changed', async () => {
  const body = { title: 'A', meta: { id: '7' } }
  const first = await post('tasks/hook', body, signed(body))
  expect([first.status, first.body]).toEqual([202, { id: expect.any(String) as never, repeated: false }])
  const again = await post('tasks/hook', body, signed(body))
  expect(again.body).toEqual({ id: (first.body as { id: string }).id, repeated: true })
  expect((await post('tasks/hook', { ...body, how: 'x' }, signed({ ...body, how: 'x' }))).status).toBe(409)
  expect(await runs()).toMatchObject([
    { trigger: 'hook', key: '7', seen: { event: { title: 'A', number: '7' } } },
  ])
  for (const headers of [
    signed(body, { secret: 'other' }),
    signed(body, { at: Date.now() - 6 * 60_000 }),
    signed({ title: 'B' }),
    {},
  ])
    expect((await post('tasks/hook', body, headers)).status).toBe(401)
})

it('says the same to whoever asks for what there is not', async () => {
  const answers = await Promise.all(
    ['tasks/nothing', 'tasks/remind', 'nobody/hook'].map((path) => post(path, {}, signed({}))),
  )
  expect(answers.map(({ status }) => status)).toEqual([401, 401, 401])
  expect(new Set(answers.map(({ body }) => (body as { detail: string }).detail)).size).toBe(1)
})

it('names the fields that are not as declared', async () => {
  const body = { how: 'x' }
  const { status, body: problem } = await post('tasks/hook', body, signed(body))
  expect([status, problem]).toMatchObject([422, { faults: [{ field: 'title', code: 'required' }] }])
})

it('lets administrators see runs and messages, send again and discard', async () => {
  await tenant.write(await tenant.person('Ada Admin'), (unit) =>
    sendOut(unit, {
      message: { kind: 'request', connection: 'erp', method: 'GET', path: 'a', body: null },
      object: null,
      record: null,
    }),
  )
  await tenant.sql`update _effect set status = 'failed'`
  await tenant.sql`update _trigger_run set status = 'failed'`
  const { body: runList } = await admin.get('/api/trigger-runs?status=failed')
  expect(runList).toMatchObject({ items: [{ trigger: 'hook', label: 'hook' }], next: null })
  const replayed = await admin.post('/api/trigger-runs/replay', { all: { trigger: 'hook' } })
  expect(replayed.body).toEqual({ count: 1 })
  const { body: list } = await admin.get('/api/outgoing?status=failed&kind=request')
  expect(list).toMatchObject({ items: [{ title: 'GET a', connection: 'erp' }], next: null })
  const [{ id } = { id: '' }] = (list as { items: { id: string }[] }).items
  expect((await admin.post('/api/outgoing/discard', { ids: [id] })).body).toEqual({ count: 1 })
  const { body: detail } = await admin.get(`/api/outgoing/${id}`)
  expect(detail).toMatchObject({
    status: 'discarded',
    log: [{ outcome: 'discarded', by: { name: 'Ada Admin' } }],
  })
  for (const path of ['/api/outgoing', `/api/outgoing/${id}`, '/api/trigger-runs'])
    expect((await clerk.get(path)).status).toBe(403)
})
