import { afterAll, expect, it } from 'vitest'
import { startWorker, taskHandlers } from '../../platform/background/index.ts'
import { renamed, waiting } from './declarations.ts'
import { office } from './office.ts'

it('the worker takes records over when all nodes serve the new version, and keeps count', async () => {
  const { publish, create, send, instance, sql, work, model, database } = await office(waiting('waiting'))
  const ids = await Promise.all(Array.from({ length: 25 }, () => create()))
  for (const id of ids) await send(id, 'go')
  await publish(waiting('review', {}, renamed))
  const worker = await startWorker({
    database,
    handlers: taskHandlers({
      database,
      models: { current: () => Promise.resolve(model()) },
      ports: work().ports,
      clock: () => new Date(),
      person: () => Promise.resolve(undefined),
    }),
  })
  afterAll(() => worker.stop())
  const counts = async () => (await sql`select status, moved, refused from _process_migration`)[0]
  expect(await counts()).toEqual({ status: 'waiting', moved: 0, refused: 0 })
  // The seconds until all nodes have heard of the version are over.
  const hurried = await database.platform`
    update graphile_worker._private_jobs set run_at = now()
    where task_id = (select id from graphile_worker._private_tasks where identifier = 'migrate') returning key`
  expect(hurried).toEqual([{ key: 'test:migrate handling' }])
  await expect.poll(counts, { timeout: 15_000 }).toEqual({ status: 'done', moved: 25, refused: 0 })
  for (const id of ids) expect(await instance(id)).toMatchObject({ states: ['review'], step: 2 })
})
