import { beforeEach, expect, it } from 'vitest'
import { freshDatabase } from '../../tests/harness/fresh-database.ts'
import { createTenant } from './index.ts'
import { enqueue, removeJob } from './jobs.ts'

const database = await freshDatabase()
await createTenant(database, { name: 'acme', label: 'Acme' })
const tenant = await database.tenant('acme')

const waiting = async () => [
  ...(await database.platform`
    select task.identifier as task, payload, key, max_attempts as attempts, run_at as at
    from graphile_worker._private_jobs job join graphile_worker._private_tasks task on task.id = job.task_id
    order by job.id`),
]

beforeEach(async () => {
  await database.platform`delete from graphile_worker._private_jobs`
})

it('adds a job with the tenant of the connection', async () => {
  await enqueue(tenant, {
    task: 'timer',
    payload: { timer: 'one' },
    runAt: '2030-01-02T03:04:05.678Z',
    jobKey: 'timer:one',
    maxAttempts: 3,
  })
  expect(await waiting()).toEqual([
    {
      task: 'timer',
      payload: { timer: 'one', tenant: 'acme' },
      key: 'acme:timer:one',
      attempts: 3,
      at: '2030-01-02T03:04:05.678Z',
    },
  ])
})

it('forgets the job with the transaction that added it', async () => {
  const undone = tenant.begin(async (transaction) => {
    await enqueue(transaction, { task: 'timer', payload: { timer: 'one' } })
    throw new Error('undone')
  })
  await expect(undone).rejects.toThrow('undone')
  expect(await waiting()).toEqual([])
})

it('removes a job by its key', async () => {
  await enqueue(tenant, { task: 'timer', payload: { timer: 'one' }, jobKey: 'timer:one' })
  await removeJob(tenant, 'timer:one')
  await removeJob(tenant, 'timer:unknown')
  expect(await waiting()).toEqual([])
})
