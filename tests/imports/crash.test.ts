import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import {
  importProblems,
  importStatus,
  startImport,
  startWorker,
  taskHandlers,
} from '../../platform/background/index.ts'
import type { RunningWorker } from '../../platform/background/index.ts'
import { freshDatabase } from '../harness/fresh-database.ts'
import { testTenant } from '../harness/tenant.ts'
import { declarations } from './declarations.ts'
import { importing } from './importing.ts'

const database = await freshDatabase()
const tenant = await testTenant(database, declarations)
const clerk = await tenant.person('Carla Clerk', { roles: ['clerk'] })
const hands = importing(database, tenant, [clerk])
const total = 2_000
let worker: RunningWorker | undefined

afterEach(() => worker?.stop())

it(
  'that was killed goes on where it stopped: every row once, in whatever process',
  { timeout: 120_000 },
  async () => {
    const names = Array.from({ length: total }, (_, at) => (at % 100 === 7 ? 'x'.repeat(41) : `Town ${at}`))
    const { file } = await hands.upload(clerk, 'town', ['name', ...names].join('\n'))
    const work = tenant.work(clerk)
    const { id } = await startImport(work, { object: 'town', file, mapping: { name: 'name' } })
    const progress = () => importStatus(work, id)

    const child = spawn(
      process.execPath,
      [join(import.meta.dirname, 'import-worker.ts'), database.url, JSON.stringify(clerk)],
      { stdio: 'inherit' },
    )
    await expect
      .poll(async () => (await progress()).done, { timeout: 60_000, interval: 5 })
      .toBeGreaterThan(300)
    child.kill('SIGKILL')
    await once(child, 'exit')
    const atKill = await progress()
    expect(atKill.status).toBe('running')
    expect(atKill.done).toBeLessThan(total)
    const [stored] = await tenant.sql`select count(*)::int as count from town`
    expect(stored?.count).toBe(atKill.created)

    worker = await startWorker({
      database,
      pulse: { everySeconds: 0.2, silentSeconds: 1 },
      handlers: taskHandlers(hands.parts),
    })
    await expect.poll(async () => (await progress()).status, { timeout: 60_000, interval: 50 }).toBe('done')

    expect(await progress()).toMatchObject({ total, done: total, created: 1_980, updated: 0, failed: 20 })
    const { rows } = await importProblems(work, { id, limit: 1_000 })
    expect(rows.map(({ line }) => line)).toEqual(Array.from({ length: 20 }, (_, at) => at * 100 + 9))
    const [tally] = await tenant.sql`
    select count(*)::int as records, count(distinct name)::int as names,
      (select count(distinct (cause ->> 'line')::int)::int from _change where cause ->> 'import' = ${id}) as lines,
      (select count(*)::int from _change where cause ->> 'import' = ${id}) as changes from town`
    expect(tally).toEqual({ records: 1_980, names: 1_980, lines: 1_980, changes: 1_980 })
  },
)

it('that two processes take up at once is imported once', async () => {
  await tenant.sql`delete from town`
  const names = Array.from({ length: 1_000 }, (_, at) => `Twice ${at}`)
  const { file } = await hands.upload(clerk, 'town', ['name', ...names].join('\n'))
  const work = tenant.work(clerk)
  const { id } = await startImport(work, { object: 'town', file, mapping: { name: 'name' } })
  await Promise.all([hands.run(id), hands.run(id)])
  expect(await importStatus(work, id)).toMatchObject({
    status: 'done',
    done: 1_000,
    created: 1_000,
    failed: 0,
  })
  const [stored] = await tenant.sql`select count(*)::int as count from town`
  expect(stored?.count).toBe(1_000)
})
