import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { countJobs, failedJobs, retryJob, startWorker } from '../../platform/background/index.ts'
import type { RunningWorker, TaskHandlers } from '../../platform/background/index.ts'
import { createTenant, enqueue, removeJob } from '../../platform/database/index.ts'
import { freeJobsOfSilentNodes } from '../../platform/background/worker/heartbeat.ts'
import { freshDatabase } from '../harness/fresh-database.ts'

const database = await freshDatabase()
await createTenant(database, { name: 'acme', label: 'Acme' })
await createTenant(database, { name: 'other', label: 'Other' })
const acme = await database.tenant('acme')
const other = await database.tenant('other')

const workers: RunningWorker[] = []
const said: string[] = []
const start = async (handlers: TaskHandlers) => {
  const worker = await startWorker({
    database,
    handlers,
    pulse: { everySeconds: 0.2, silentSeconds: 1 },
    log: ({ message }) => void said.push(message),
  })
  workers.push(worker)
  return worker
}
const stop = async (worker: RunningWorker) => {
  workers.splice(workers.indexOf(worker), 1)
  await worker.stop()
}
const until = (isTrue: () => boolean | Promise<boolean>) =>
  expect.poll(isTrue, { timeout: 15_000, interval: 20 }).toBe(true)

beforeEach(async () => {
  await database.platform`delete from graphile_worker._private_jobs`
})
afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.stop()))
})

it('runs a job with the tenant that added it', async () => {
  const seen: unknown[] = []
  await start({ timer: async ({ tenant, payload }) => void seen.push({ tenant, payload }) })
  await enqueue(acme, { task: 'timer', payload: { timer: 'one' } })
  await enqueue(other, { task: 'timer', payload: { timer: 'two' } })
  await until(() => seen.length === 2)
  expect(seen).toContainEqual({ tenant: 'acme', payload: { timer: 'one' } })
  expect(seen).toContainEqual({ tenant: 'other', payload: { timer: 'two' } })
})

it('runs a job no earlier than it is due', async () => {
  const seen: number[] = []
  await start({ timer: async () => void seen.push(Date.now()) })
  const due = Date.now() + 1_500
  await enqueue(acme, { task: 'timer', payload: { timer: 'one' }, runAt: new Date(due) })
  await until(() => seen.length === 1)
  expect(seen[0]).toBeGreaterThanOrEqual(due - 50)
})

it('leaves jobs of tasks that it does not know to others', async () => {
  await start({ timer: async () => undefined })
  await enqueue(acme, { task: 'effect', payload: { effect: 'one', attempt: 0 } })
  await enqueue(acme, { task: 'timer', payload: { timer: 'one' } })
  await until(async () => (await countJobs(database)).waiting === 1)
})

it('keeps a failed job in sight and runs it again when it is told to', async () => {
  let isBroken = true
  let runs = 0
  await start({
    timer: async () => {
      runs += 1
      if (isBroken) throw new Error('The disk is full.')
    },
  })
  await enqueue(acme, { task: 'timer', payload: { timer: 'one' }, maxAttempts: 1 })
  await until(async () => (await countJobs(database)).failed === 1)
  const failed = await failedJobs(database, { tenant: 'acme' })
  expect(failed).toMatchObject([
    { task: 'timer', tenant: 'acme', attempts: 1, maxAttempts: 1, lastError: 'The disk is full.' },
  ])
  expect(failed[0]?.nextAt).toBeUndefined()
  expect(await failedJobs(database, { tenant: 'other' })).toEqual([])
  isBroken = false
  await retryJob(database, failed[0]?.id as string)
  await until(async () => (await countJobs(database)).failed === 0 && runs === 2)
  expect(await failedJobs(database)).toEqual([])
})

it('waits for the jobs under way when it stops, and tells them', async () => {
  const told: boolean[] = []
  let hasBegun = false
  const worker = await start({
    timer: async ({ signal }) => {
      hasBegun = true
      await once(signal, 'abort')
      told.push(signal.aborted)
    },
  })
  await enqueue(acme, { task: 'timer', payload: { timer: 'one' } })
  await until(() => hasBegun)
  await stop(worker)
  expect(told).toEqual([true])
  expect(await countJobs(database)).toMatchObject({ running: 0, failing: 0, waiting: 0 })
  const nodes = await database.platform`select 1 from platform.node where id = ${worker.node}`
  expect(nodes).toHaveLength(0)
})

it('takes up the job of a node that was killed', async () => {
  await enqueue(acme, { task: 'timer', payload: { timer: 'one' } })
  const child = spawn(process.execPath, [join(import.meta.dirname, 'endless-worker.ts'), database.url], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(child.stdout, 'data')
  child.kill('SIGKILL')
  await once(child, 'exit')
  expect(await countJobs(database)).toMatchObject({ running: 1, waiting: 0 })
  const seen: unknown[] = []
  await start({ timer: async ({ attempt }) => void seen.push(attempt) })
  await until(() => seen.length === 1)
  expect(seen).toEqual([2])
})

it.each(['done', 'failed'])(
  'goes on after the outcome of a job that is %s could not be written',
  async (outcome) => {
    const jobs = 'graphile_worker._private_jobs'
    const seen: string[] = []
    said.length = 0
    const worker = await start({
      timer: async ({ payload }) => {
        seen.push(payload.timer)
        if (seen.length > 1) return
        // As a database that goes away at this moment.
        await database.platform.unsafe(`alter table ${jobs} rename to lost`)
        if (outcome === 'failed') throw new Error('The disk is full.')
      },
    })
    const { node } = worker
    await enqueue(acme, { task: 'timer', payload: { timer: 'one' } })
    await until(() => said.includes('The worker ended; it is started again.'))
    await database.platform.unsafe('alter table graphile_worker.lost rename to _private_jobs')
    await enqueue(acme, { task: 'timer', payload: { timer: 'two' } })
    await until(async () => (await database.platform.unsafe(`select 1 from ${jobs}`)).length === 0)
    expect(worker.node).not.toBe(node)
    expect(seen.toSorted()).toEqual(['one', 'one', 'two'])
  },
)

it('takes up a job that it has locked without knowing of it', async () => {
  const seen: string[] = []
  const worker = await start({ timer: async ({ payload }) => void seen.push(payload.timer) })
  await enqueue(acme, { task: 'timer', payload: { timer: 'one' }, runAt: new Date(Date.now() + 3_600_000) })
  await database.platform`
    update graphile_worker._private_jobs set run_at = now(), locked_at = now(), locked_by = ${worker.node}`
  await until(() => seen.length === 1)
})

it('keeps nothing of a job that is being removed while the node that ran it is given up', async () => {
  await enqueue(acme, { task: 'timer', payload: { timer: 'one' }, jobKey: 'one' })
  const jobs = () =>
    database.platform<{ key: string | null }[]>`select key from graphile_worker._private_jobs`
  await database.platform`
    update graphile_worker._private_jobs set attempts = 1, locked_by = 'gone', locked_at = now() - interval '1 minute'`
  let freed: Promise<string[]> | undefined
  await acme.begin(async (sql) => {
    await removeJob(sql, 'one')
    // Waits for the row that this transaction holds.
    freed = freeJobsOfSilentNodes(database.platform, { everySeconds: 1, silentSeconds: 1 })
    await until(
      async () =>
        (await database.platform`select 1 from pg_stat_activity where wait_event_type = 'Lock'`).length > 0,
    )
  })
  expect(await freed).toEqual(['gone'])
  expect(await jobs()).toEqual([])
})

it('keeps nothing of a job that was removed while it ran on a node that died', async () => {
  await enqueue(acme, { task: 'timer', payload: { timer: 'one' }, jobKey: 'one' })
  await database.platform`
    update graphile_worker._private_jobs set attempts = 1, locked_at = now() - interval '1 minute', locked_by = 'dead'`
  await removeJob(acme, 'one')
  expect(await countJobs(database)).toMatchObject({ running: 1 })
  await start({ timer: async () => undefined })
  await until(async () => Object.values(await countJobs(database)).every((count) => count === 0))
})

it('frees a queue that was left locked without a job', async () => {
  const seen: string[] = []
  const worker = await start({ timer: async ({ payload }) => void seen.push(payload.timer) })
  await database.platform`
    insert into graphile_worker._private_job_queues (queue_name, locked_at, locked_by)
    values ('acme:lane', now(), ${worker.node})`
  await enqueue(acme, { task: 'timer', payload: { timer: 'one' }, queue: 'lane' })
  await until(() => seen.length === 1)
})

it('gives a job that is replaced another number, so that a node that ends the old one does not take it away', async () => {
  const later = new Date(Date.now() + 3_600_000)
  const add = () => enqueue(acme, { task: 'timer', payload: { timer: 'one' }, jobKey: 'one', runAt: later })
  const numbers = async () => {
    const rows = await database.platform`select id from graphile_worker._private_jobs`
    return rows.map(({ id }) => Number(id))
  }
  await add()
  const [old] = await numbers()
  await add()
  expect(await numbers()).toEqual([expect.any(Number)])
  expect(await numbers()).not.toContain(old)
})
