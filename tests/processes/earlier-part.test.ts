import { expect, it } from 'vitest'
import { buildModel } from '../../platform/definitions/index.ts'
import { sendEvent } from '../../platform/processes/index.ts'
import { publishModel } from '../../platform/publishing/index.ts'
import { createRecord, writingWork } from '../../platform/records/index.ts'
import { freshDatabase } from '../harness/fresh-database.ts'
import { testTenant } from '../harness/tenant.ts'

const process = (name: string, more: object) => ({
  name,
  label: name,
  object: 'order',
  run_as: 'robot',
  ...more,
})

/** An order whose check is a part that is told the limit. */
const declarations = (label: string) => ({
  object: {
    order: {
      name: 'order',
      label: 'Order',
      name_field: 'title',
      lifecycle: 'selling',
      ownership: 'none',
      fields: { title: { type: 'text' }, state: { type: 'state' }, verdict: { type: 'text' } },
    },
  },
  role: { robot: { name: 'robot', label: 'Robot', objects: { order: { read: 'all', update: 'all' } } } },
  process: {
    selling: process('selling', {
      state_field: 'state',
      starts: 'on_create',
      events: { check: { label } },
      machine: {
        initial: 'draft',
        states: {
          draft: { meta: { label: 'Draft' }, on: { check: 'checking' } },
          checking: {
            meta: { label: 'Checking' },
            invoke: {
              id: 'check',
              src: 'process',
              input: { process: 'checking', context: { limit: '100' } },
              onDone: {
                target: 'done',
                actions: [{ type: 'set', params: { values: { verdict: 'string(event.output.limit)' } } }],
              },
              onError: 'draft',
            },
          },
          done: { type: 'final', meta: { label: 'Done' } },
        },
      },
    }),
    checking: process('checking', {
      context: { limit: 0 },
      machine: {
        initial: 'over',
        states: { over: { type: 'final', meta: { label: 'Over' }, output: { limit: 'context.limit' } } },
      },
    }),
  },
})

it('a record on an earlier version of its process gives a part what that is to remember', async () => {
  const database = await freshDatabase()
  const tenant = await testTenant(database, declarations('Check') as never)
  const ada = await tenant.person('Ada', { roles: ['administrator'] })
  const { id } = await tenant.write(ada, (unit) => createRecord(unit, { object: 'order', values: {} }))
  const { model } = buildModel({ documents: declarations('Check it') as never })
  if (model === undefined) throw new Error('The new version has faults.')
  await publishModel({ database, tenant: 'test', model })
  const { record } = await writingWork({ ...tenant.work(ada), model }, (unit) =>
    sendEvent(unit, { object: 'order', id: String(id), event: 'check', values: {} }),
  )
  expect(record).toMatchObject({ state: 'done', verdict: '100' })
})
