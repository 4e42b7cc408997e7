import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { outgoingMeans, startWorker, taskHandlers } from '../../platform/background/index.ts'
import { runDelivery } from '../../platform/background/outgoing/run-delivery.ts'
import {
  cancelOutgoing,
  discardOutgoing,
  listOutgoing,
  readOutgoing,
  replayOutgoing,
  sendEvent,
  sendOut,
  type RequestEnd,
} from '../../platform/processes/index.ts'
import { createRecord, writingWork } from '../../platform/records/index.ts'
import { freshDatabase } from '../harness/fresh-database.ts'
import { testTenant } from '../harness/tenant.ts'
import { counterpart } from './counterpart.ts'
import { declarations } from './declarations.ts'
import { mailServer } from './mail-server.ts'

const other = await counterpart()
const post = await mailServer()
const database = await freshDatabase()
const tenant = await testTenant(database, declarations(other.url) as never)
const clerk = await tenant.person('Carla Clerk', { roles: ['clerk'] })
const admin = await tenant.person('Ada Admin', { roles: ['administrator'] })
const start = new Date('2026-11-23T09:00:00.000Z')
let now = start
const secrets: NodeJS.ProcessEnv = { TESSERA_SECRET_TEST__ERP_TOKEN: 'hush' }
const withMail = { ...secrets, TESSERA_SMTP_URL: post.url, TESSERA_MAIL_FROM: 'crm@example.com' }
const means = outgoingMeans(secrets)

beforeEach(async () => {
  await tenant.sql`delete from _effect`
  await database.platform`select graphile_worker.complete_jobs(array_agg(id)) from graphile_worker.jobs`
  now = start
  tenant.setClock(now.toISOString())
  other.look()
})

const order = async (values: object = {}) =>
  String(
    (
      await tenant.write(clerk, (unit) =>
        createRecord(unit, { object: 'order', values: { number: 'A/1', owner: clerk.userId, ...values } }),
      )
    ).id,
  )
const send = (id: string, event: string) =>
  tenant.write(clerk, (unit) => sendEvent(unit, { object: 'order', id, event, values: {} }))
const rows = () =>
  tenant.sql<{ id: string; status: string; attempts: number; error: string | null; next: string | null }[]>`
    select id, status, attempts, last_error as error, next_at as next from _effect order by number`
const statuses = async () => (await rows()).map(({ status }) => status)
const wait = (ms: number) => {
  now = new Date(now.getTime() + ms)
  tenant.setClock(now.toISOString())
}
const ends: RequestEnd[] = []
const ports = { requestEnded: async (_: unknown, end: RequestEnd) => void ends.push(end) }
/** Delivers what the newest job of each message asks for, as the worker would. */
const attempt = async (id?: string, environment = secrets) => {
  const due = await rows()
  for (const row of due.filter((each) => each.status === 'waiting' && (id === undefined || each.id === id)))
    await runDelivery(
      tenant.work(admin),
      { effect: row.id, attempt: row.attempts },
      { means: outgoingMeans(environment), ports },
    )
}
const administrate = <T>(work: Parameters<typeof tenant.write<T>>[1]) => tenant.write(admin, work)

describe('a request', () => {
  it('goes out below the address of its connection, with secrets, its key and encoded values', async () => {
    await send(await order(), 'place')
    await attempt()
    const [{ id } = { id: '' }] = await rows()
    expect(other.look()).toEqual([
      {
        method: 'POST',
        url: '/api/orders/A%2F1?note=a+b',
        headers: expect.objectContaining({
          authorization: 'Bearer hush',
          'idempotency-key': id,
          'content-type': 'application/json',
        }) as never,
        body: { number: 'A/1', amount: '12.5', owner: clerk.userId, tags: { a: true } },
      },
    ])
    expect(await statuses()).toEqual(['delivered'])
    expect(JSON.stringify(await tenant.sql`select * from _effect`)).not.toContain('hush')
  })

  it('is not sent when the step that wants it rolls back', async () => {
    const id = await order()
    await expect(
      tenant.write(clerk, async (unit) => {
        await sendEvent(unit, { object: 'order', id, event: 'place', values: {} })
        throw new Error('After all not')
      }),
    ).rejects.toThrow('After all not')
    expect(await rows()).toEqual([])
    expect(
      await database.platform`select 1 from graphile_worker.jobs where task_identifier = 'effect'`,
    ).toEqual([])
  })

  it('is refused where a value of its path is blank or would lead elsewhere', async () => {
    for (const number of [null, '..'])
      await expect(send(await order({ number }), 'place')).rejects.toThrow(/"number" in its path/)
    expect(await rows()).toEqual([])
  })

  it('is tried again later each time, and when it is asked to, not before', async () => {
    await send(await order(), 'place')
    other.willAnswer({ status: 503 }, { status: 429, headers: { 'retry-after': '600' } }, { status: 201 })
    await attempt()
    const [first] = await rows()
    expect(first).toMatchObject({ status: 'waiting', attempts: 1, error: 'The answer was 503.' })
    const firstWait = Date.parse(first?.next ?? '') - now.getTime()
    expect(firstWait).toBeGreaterThanOrEqual(1_000)
    expect(firstWait).toBeLessThanOrEqual(2_000)
    const job = await database.platform<{ run_at: string }[]>`
      select run_at from graphile_worker.jobs where key = ${`test:effect ${first?.id}`}`
    expect(job.map(({ run_at: at }) => new Date(at).toISOString())).toEqual([first?.next])
    wait(2_000)
    await attempt()
    const [second] = await rows()
    expect(Date.parse(second?.next ?? '') - now.getTime()).toBe(600_000)
    wait(600_000)
    await attempt()
    expect(await statuses()).toEqual(['delivered'])
    expect(new Set(other.look().map(({ headers }) => headers['idempotency-key'])).size).toBe(1)
    const detail = await administrate((unit) => readOutgoing(unit, first?.id ?? ''))
    expect(detail.log.map(({ outcome, status }) => [outcome, status])).toEqual([
      ['again', 503],
      ['again', 429],
      ['delivered', 201],
    ])
  })

  it('is marked once where two nodes have sent it with the same key', async () => {
    await send(await order(), 'place')
    const [{ id } = { id: '' }] = await rows()
    const job = { effect: id, attempt: 0 }
    await Promise.all([1, 2].map(() => runDelivery(tenant.work(admin), job, { means, ports })))
    await runDelivery(tenant.work(admin), job, { means, ports })
    const keys = other.look().map(({ headers }) => headers['idempotency-key'])
    expect(new Set(keys)).toEqual(new Set([id]))
    expect(await tenant.sql`select outcome from _effect_attempt`).toEqual([{ outcome: 'delivered' }])
  })

  it('says which secret is missing, and goes out when it is there', async () => {
    await send(await order(), 'place')
    await attempt(undefined, {})
    expect((await rows())[0]?.error).toMatch(/set TESSERA_SECRET_TEST__ERP_TOKEN/)
    expect(other.look()).toEqual([])
    await attempt()
    expect(await statuses()).toEqual(['delivered'])
  })
})

describe('what failed for good', () => {
  it('is refused by the other side: not tried again, listed, and sent again with the same key on request', async () => {
    await send(await order(), 'place')
    other.willAnswer({
      status: 422,
      headers: { 'content-type': 'application/json' },
      body: '{"why":"\\u0000no"}',
    })
    await attempt()
    const failed = await administrate((unit) => listOutgoing(unit, { status: 'failed' }))
    expect(failed.items).toMatchObject([
      { title: 'POST orders/A%2F1?note=a+b', connection: 'erp', attempts: 1, error: 'The answer was 422.' },
    ])
    const id = failed.items[0]?.id ?? ''
    expect(await administrate((unit) => readOutgoing(unit, id))).toMatchObject({
      answer: { status: 422, body: { why: '\ufffdno' } },
    })
    expect(await administrate((unit) => replayOutgoing(unit, { ids: [id] }))).toBe(1)
    await attempt()
    expect(await statuses()).toEqual(['delivered'])
    expect(other.look().map(({ headers }) => headers['idempotency-key'])).toEqual([id, id])
  })

  it('has used up its attempts; all of a connection are sent again or discarded at once', async () => {
    for (const number of ['1', '2']) await send(await order({ number }), 'place')
    other.willAnswer(...Array.from({ length: 6 }, () => ({ status: 500 })))
    for (let round = 0; round < 3; round++) {
      await attempt()
      wait(60_000)
    }
    expect(await statuses()).toEqual(['failed', 'failed'])
    const replay = (connection: string) =>
      administrate((unit) => replayOutgoing(unit, { all: { connection } }))
    expect(await replay('elsewhere')).toBe(0)
    expect(await replay('erp')).toBe(2)
    other.willAnswer({ status: 400 }, { status: 400 })
    await attempt()
    expect(await administrate((unit) => discardOutgoing(unit, { all: {} }))).toBe(2)
    expect(await statuses()).toEqual(['discarded', 'discarded'])
    expect(await replay('erp')).toBe(0)
  })

  it('is for administrators alone', async () => {
    for (const act of [
      (unit: never) => listOutgoing(unit, {}),
      (unit: never) => replayOutgoing(unit, { all: {} }),
      (unit: never) => discardOutgoing(unit, { all: {} }),
    ])
      await expect(tenant.write(clerk, (unit) => act(unit as never) as Promise<unknown>)).rejects.toThrow(
        /administer/,
      )
  })

  it.each([
    [
      'a redirection',
      'place',
      { status: 302, headers: { location: 'http://evil.example/' } },
      /not followed/,
    ],
  ])('%s is one', async (_, event, reply, error) => {
    await send(await order(), event)
    other.willAnswer(reply)
    await attempt()
    expect((await rows())[0]).toMatchObject({
      status: 'failed',
      error: expect.stringMatching(error) as never,
    })
    expect(other.look()).toHaveLength(1)
  })

  it('a private address is one, where the connection does not say that it may', async () => {
    await send(await order(), 'leak')
    await attempt()
    expect((await rows())[0]).toMatchObject({
      status: 'failed',
      error: expect.stringMatching(/^The host localhost has the address .*private_addresses/) as never,
    })
  })
})

describe('requests in order', () => {
  it('wait for those before them on the same record, and for nobody else', async () => {
    const [one, two] = [await order({ number: 'one' }), await order({ number: 'two' })]
    await send(one, 'count')
    await send(one, 'count')
    await send(two, 'count')
    const [first, second, third] = (await rows()).map(({ id }) => id)
    await attempt(second)
    expect(other.look()).toEqual([])
    await attempt(third)
    other.willAnswer({ status: 400 })
    await attempt(first)
    await attempt(second)
    expect(await statuses()).toEqual(['failed', 'waiting', 'delivered'])
    await database.platform`select graphile_worker.remove_job(${`test:effect ${second}`})`
    await administrate((unit) => discardOutgoing(unit, { ids: [first ?? ''] }))
    expect(
      await database.platform`select 1 from graphile_worker.jobs where key = ${`test:effect ${second}`}`,
    ).toHaveLength(1)
    await attempt(second)
    expect(await statuses()).toEqual(['discarded', 'delivered', 'delivered'])
  })
})

describe('an invocation that waits', () => {
  const waiting = {
    instance: '01990000-0000-7000-8000-000000000001',
    invocation: 'ask',
    token: '01990000-0000-7000-8000-000000000002',
  }
  const message = { kind: 'request', connection: 'erp', method: 'GET', path: 'stock', body: null } as const
  const ask = () => administrate((unit) => sendOut(unit, { message, object: null, record: null, waiting }))

  beforeEach(() => void ends.splice(0))

  it('hears of the answer, or of the failure, in the transaction that writes it down', async () => {
    await ask()
    other.willAnswer({ status: 200, headers: { 'content-type': 'application/json' }, body: '{"left":3}' })
    await attempt()
    expect(ends.splice(0)).toEqual([
      { ...waiting, isDelivered: true, answer: { status: 200, body: { left: 3 }, isCut: false } },
    ])
    await ask()
    other.willAnswer({ status: 404, body: 'Gone' })
    await attempt()
    expect(ends.splice(0)).toEqual([
      {
        ...waiting,
        isDelivered: false,
        error: 'The answer was 404.',
        answer: { status: 404, body: 'Gone', isCut: false },
      },
    ])
    await ask()
    const [{ id } = { id: '' }] = (await rows()).slice(-1)
    const failing = { requestEnded: () => Promise.reject(new Error('The step was refused')) }
    await expect(
      runDelivery(tenant.work(admin), { effect: id, attempt: 0 }, { means, ports: failing }),
    ).rejects.toThrow('The step was refused')
    expect((await rows()).at(-1)).toMatchObject({ status: 'waiting', attempts: 0 })
  })

  it('gets no answer that had to be cut', async () => {
    await ask()
    other.willAnswer({ status: 200, body: 'x'.repeat(300 * 1024) })
    await attempt()
    expect(ends).toMatchObject([{ isDelivered: false, error: expect.stringMatching(/larger than/) as never }])
  })

  it('takes back what has not been sent', async () => {
    await ask()
    await administrate((unit) => cancelOutgoing(unit, waiting))
    await attempt()
    expect(await statuses()).toEqual(['cancelled'])
    expect(other.look()).toEqual([])
  })
})

describe('an e-mail', () => {
  it('is stored where there is no mail server', async () => {
    await send(await order(), 'mail')
    await attempt()
    const { items } = await administrate((unit) => listOutgoing(unit, { kind: 'email' }))
    expect(items).toMatchObject([{ status: 'stored', title: 'carla.clerk@example.com' }])
  })

  it('goes to the mail server under its key, tried again or given up as that says', async () => {
    await send(await order(), 'mail')
    post.willRefuse('450 later')
    await attempt(undefined, withMail)
    expect((await rows())[0]).toMatchObject({ status: 'waiting', attempts: 1 })
    wait(60_000)
    await attempt(undefined, withMail)
    const [{ id, status } = { id: '', status: '' }] = await rows()
    expect(status).toBe('delivered')
    expect(post.mails).toHaveLength(1)
    expect(post.mails[0]).toContain(`Message-ID: <${id}@example.com>`)
    expect(post.mails[0]).toContain('To: carla.clerk@example.com')
    expect(post.mails[0]).toContain('Subject: Order A/1')
    await send(await order(), 'mail')
    post.willRefuse('550 unknown')
    await attempt(undefined, withMail)
    expect((await rows())[1]).toMatchObject({ status: 'failed', attempts: 1 })
  })

  it('that is taken for some of its recipients alone is not sent to them again, and says who was refused', async () => {
    await send(await order({ contact: 'kim@example.org' }), 'mail')
    post.willRefuse('250 fine', '550 unknown')
    await attempt(undefined, withMail)
    const [{ id, status } = { id: '', status: '' }] = await rows()
    expect(status).toBe('delivered')
    expect((await administrate((unit) => readOutgoing(unit, id))).answer?.body).toMatch(
      /not taken for kim@example.org/,
    )
  })

  it('is not sent where nobody has an address, and fails at once where one is none', async () => {
    await send(await order(), 'mail_code')
    expect(await rows()).toEqual([])
    await send(await order({ code: 'no address\r\nBcc: x@example.com' }), 'mail_code')
    await attempt(undefined, withMail)
    expect((await rows())[0]).toMatchObject({
      status: 'failed',
      error: expect.stringMatching(/^Not an address/) as never,
    })
  })
})

it('is delivered by the worker', async () => {
  tenant.setClock(new Date().toISOString())
  const worker = await startWorker({
    database,
    handlers: taskHandlers(
      {
        database,
        models: { current: () => Promise.resolve(tenant.model) },
        ports: tenant.work(clerk).ports,
        clock: () => new Date(),
        person: () => Promise.resolve(undefined),
      },
      {},
      means,
    ),
  })
  afterAll(() => worker.stop())
  const id = await order()
  await writingWork(tenant.work(clerk), async (unit) => {
    await sendEvent(unit, { object: 'order', id, event: 'place', values: {} })
  })
  await expect.poll(statuses, { timeout: 15_000, interval: 50 }).toEqual(['delivered'])
  expect(other.look()).toHaveLength(1)
})
