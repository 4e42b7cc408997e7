import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { publishModel } from '../../platform/publishing/index.ts'
import { freshDatabase } from '../harness/fresh-database.ts'
import { models } from './interrupted-models.ts'

const database = await freshDatabase()

async function publishInAnotherProcess(tenant: string, point: number) {
  const script = fileURLToPath(new URL('./interrupt.ts', import.meta.url))
  const child = spawn(process.execPath, [script, database.url, tenant, 'second', String(point)])
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)))
  const signal = await new Promise((resolve) => child.on('exit', (_code, by) => resolve(by)))
  return { signal, messages: output.trim().split('\n') }
}

async function tenantWithRows(tenant: string): Promise<void> {
  await publishModel({ database, tenant, model: models.first() })
  const sql = await database.tenant(tenant)
  const account = randomUUID()
  await sql`insert into account (id, title) values (${account}, 'Ada')`
  for (const code of ['a', 'b', 'c'])
    await sql`insert into deal (id, title, account, code, size) values (${randomUUID()}, ${code}, ${account}, ${code}, 2)`
  await sql`insert into _change (object, record, version, action, changes) values ('deal', ${account}, 1, 'create', '{"code": {"to": "a"}, "size": {"to": 2}}')`
  await sql`insert into _change (object, record, version, action) values ('account', ${account}, 1, 'create')`
}

/** Every point with TESSERA_EVERY_POINT=1; else the last before the switch, in it and after it. */
function pointsOf(count: number, switched: number): number[] {
  const all = Array.from({ length: count }, (_, at) => at)
  if (process.env.TESSERA_EVERY_POINT === '1') return all
  return all.filter((at) => [switched - 3, switched - 1, switched, count - 1].includes(at))
}

it('leaves one whole version served when the process is killed at any point, and the next publish completes it', async () => {
  await tenantWithRows('whole')
  const { messages } = await publishInAnotherProcess('whole', -1)
  expect(messages.at(-1)).toBe('done 2')
  const switched = messages.findIndex((message) => message.includes('Version 2 is served'))
  expect(switched).toBeGreaterThan(3)

  for (const point of pointsOf(messages.length - 1, switched)) {
    const tenant = `killed_${point}`
    await tenantWithRows(tenant)
    const killed = await publishInAnotherProcess(tenant, point)
    expect(killed.signal, killed.messages.join('\n')).toBe('SIGKILL')
    const [{ active } = {}] = await database.platform`
      select active_version as active from platform.tenant where name = ${tenant}`
    expect({ point, active }).toEqual({ point, active: point < switched ? 1 : 2 })
    const sql = await database.tenant(tenant)
    if (point < switched) {
      expect(await sql`select a.title, d.code from deal d join account a on a.id = d.account`).toHaveLength(3)
      await sql`insert into deal (id, code) values (${randomUUID()}, ${`later ${point}`})`
    }
    const next = await publishModel({ database, tenant, model: models.second(), settleMs: 0 })
    expect(next).toMatchObject({ version: 2, isNew: point < switched })
    const after = await publishModel({ database, tenant, model: models.second() })
    expect({ steps: after.plan.steps, drift: after.plan.drift }).toEqual({ steps: [], drift: [] })
    expect([...(await sql`select title, deals from client`)]).toEqual([{ title: 'Ada', deals: 3 }])
    expect([...(await sql`select object, changes from _change order by id`)]).toEqual([
      { object: 'deal', changes: { key: { to: 'a' }, size: { to: 2 } } },
      { object: 'client', changes: {} },
    ])
  }
}, 240_000)

it('lets one of two publishes at once go first, and the other plan anew', async () => {
  await tenantWithRows('twice')
  const results = await Promise.all([
    publishModel({ database, tenant: 'twice', model: models.second(), settleMs: 0 }),
    publishModel({ database, tenant: 'twice', model: models.second(), settleMs: 0 }),
  ])
  expect(results.map(({ isNew }) => isNew).toSorted()).toEqual([false, true])
  await expect(
    publishModel({ database, tenant: 'twice', model: models.first(), expectedVersion: 1 }),
  ).rejects.toMatchObject({ code: 'outdated' })
})

it('makes a tenant once when two first versions are published at once', async () => {
  const results = await Promise.all(
    [1, 2].map(() => publishModel({ database, tenant: 'newcomer', model: models.first() })),
  )
  expect(results.map(({ isNew }) => isNew).toSorted()).toEqual([false, true])
})

it('waits for readers and writers of a table without holding up the others for long', async () => {
  await tenantWithRows('busy')
  const sql = await database.tenant('busy')
  const started = Promise.withResolvers<void>()
  const reader = sql.begin(async (transaction) => {
    await transaction`select * from deal`
    started.resolve()
    await transaction`select pg_sleep(2.5)`
  })
  await started.promise
  const publishing = publishModel({ database, tenant: 'busy', model: models.second(), settleMs: 0 })
  let slowest = 0
  while ((await Promise.race([publishing.then(() => 'done'), pause(50)])) !== 'done') {
    const before = performance.now()
    await sql`select count(*) from deal`
    slowest = Math.max(slowest, performance.now() - before)
  }
  await reader
  expect(await publishing).toMatchObject({ version: 2 })
  expect(slowest).toBeLessThan(2_000)
}, 30_000)

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))
