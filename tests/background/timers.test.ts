import { afterAll, expect, it } from 'vitest'
import { startWorker, taskHandlers } from '../../platform/background/index.ts'
import { createRecord } from '../../platform/records/index.ts'
import { freshDatabase } from '../harness/fresh-database.ts'
import { testTenant } from '../harness/tenant.ts'

const database = await freshDatabase()
const tenant = await testTenant(database, {
  object: {
    ticket: {
      name: 'ticket',
      label: 'Ticket',
      plural: 'Tickets',
      name_field: 'title',
      lifecycle: 'waiting',
      fields: { title: { type: 'text' }, status: { type: 'state' } },
    },
  },
  process: {
    waiting: {
      name: 'waiting',
      label: 'Waiting',
      object: 'ticket',
      state_field: 'status',
      starts: 'on_create',
      run_as: 'robot',
      machine: {
        initial: 'fresh',
        states: { fresh: { after: { PT1S: 'stale' } }, stale: { type: 'final' } },
      },
    },
  },
  role: {
    clerk: { name: 'clerk', label: 'Clerk', objects: { ticket: { create: true, read: 'all' } } },
    robot: { name: 'robot', label: 'Robot', objects: { ticket: { read: 'all', update: 'all' } } },
  },
})
const clerk = await tenant.person('Carla Clerk', { roles: ['clerk'] })
const { ports } = tenant.work(clerk)
tenant.setClock(new Date().toISOString())
const worker = await startWorker({
  database,
  handlers: taskHandlers({
    database,
    models: { current: () => Promise.resolve(tenant.model) },
    ports,
    clock: () => new Date(),
    person: () => Promise.resolve(undefined),
  }),
})
afterAll(() => worker.stop())

it('moves a record on when its time has come', async () => {
  const made = await tenant.write(clerk, (unit) =>
    createRecord(unit, { object: 'ticket', values: { title: 'Forgotten' } }),
  )
  expect(made.status).toBe('fresh')
  const status = async () =>
    (await tenant.sql`select status from ticket where id = ${made.id as string}`)[0]?.status
  await expect.poll(status, { timeout: 15_000, interval: 50 }).toBe('stale')
})
