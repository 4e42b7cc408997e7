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
      lifecycle: 'helping',
      fields: { title: { type: 'text' }, late: { type: 'boolean' }, status: { type: 'state' } },
    },
  },
  process: {
    helping: {
      name: 'helping',
      label: 'Helping',
      object: 'ticket',
      state_field: 'status',
      starts: 'on_create',
      run_as: 'robot',
      events: { escalate: { label: 'Escalate' }, solve: { label: 'Solve' } },
      machine: {
        initial: 'open',
        states: {
          open: { on: { escalate: 'escalated', solve: 'solved' } },
          escalated: { on: { solve: 'solved' } },
          solved: { type: 'final' },
        },
      },
    },
  },
  service_level: {
    quick: {
      name: 'quick',
      label: 'Quick',
      object: 'ticket',
      promises: {
        solution: {
          label: 'Solution',
          target: 'PT1S',
          starts_when: "record.status == 'open'",
          stops_when: "record.status == 'solved'",
          escalations: {
            at_once: {
              type: 'breach',
              actions: [
                { type: 'set', params: { values: { late: 'true' } } },
                { type: 'send', params: { target: 'record', event: 'escalate' } },
              ],
            },
          },
        },
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

it('escalates through the process of the record when the promise is broken, under its role', async () => {
  const { id } = await tenant.write(clerk, (unit) =>
    createRecord(unit, { object: 'ticket', values: { title: 'Forgotten' } }),
  )
  const stored = async () => (await tenant.sql`select status, late from ticket where id = ${id as string}`)[0]
  await expect.poll(stored, { timeout: 15_000, interval: 50 }).toEqual({ status: 'escalated', late: true })
  expect(await tenant.sql`select status from _clock_alert`).toEqual([{ status: 'done' }])
})
