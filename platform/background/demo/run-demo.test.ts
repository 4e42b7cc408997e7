import { expect, test } from 'vitest'
import type { DemoPlan, PlannedAction } from './plan.ts'
import { runDemo, type DemoPort } from './run-demo.ts'

const at = new Date('2026-01-05T09:00:00.000Z')

test('keys become ids, those of records that events create included', async () => {
  const { port, log } = recorder()
  const made = await runDemo({
    port,
    plan: [
      create('person.anna', { name: 'Anna' }),
      {
        ...create('loan.1', { by: { $record: 'person.anna' }, lines: [{ to: { $record: 'person.anna' } }] }),
        as: 'person.anna',
      },
      { ...send('loan.1', 'report', { note: 'lost' }), created: { fine: 'fine.1' } },
      { ...create('fine.1', { paid: true }), kind: 'update' },
    ],
  })
  expect(log).toEqual([
    'create person {"name":"Anna"} as undefined',
    'create loan {"by":"person-1","lines":[{"to":"person-1"}]} as person-1',
    'send loan-2 report {"note":"lost"}',
    'update fine-of-loan-2 {"paid":true}',
  ])
  expect(made).toEqual({ person: 1, loan: 1, fine: 1 })
})

test('lines are changed row by row, by copy and by share', async () => {
  const { port, log } = recorder()
  const values = {
    lines: {
      $each_row: { done: { of: 'row.quantity', times: [0.5, 0.5] }, all: { of: 'row.quantity' }, ok: true },
    },
  }
  await runDemo({ port, plan: [create('order.1', {}), { ...create('order.1', values), kind: 'update' }] })
  expect(log.at(-1)).toBe(
    'update order-1 {"lines":[{"id":"r1","done":"2","all":"3","ok":true},{"id":"r2","done":"1","all":"1","ok":true}]}',
  )
})

test('a decision is passed over only where it may be', async () => {
  const decide = { ...create('loan.1', {}), kind: 'decide', outcome: 'approved', isOptional: true } as const
  const { port } = recorder()
  await expect(runDemo({ port, plan: [create('loan.1', {}), decide] })).resolves.toEqual({ loan: 1 })
  const strict: DemoPlan = [create('loan.1', {}), { ...decide, isOptional: false }]
  await expect(runDemo({ port, plan: strict })).rejects.toThrow('action 2 of 2, decide loan.1')
})

test('a refusal stops the run and names the action', async () => {
  const { port } = recorder()
  const run = runDemo({ port, plan: [create('loan.1', {}), send('loan.1', 'forbidden', {})] })
  await expect(run).rejects.toThrow(
    'Demonstration data stopped at action 2 of 2, event "forbidden" of loan.1 by the system at 2026-01-05T09:00:00.000Z.',
  )
})

function create(record: string, values: Record<string, unknown>): PlannedAction & { kind: 'create' } {
  return {
    kind: 'create',
    object: record.split('.')[0] as string,
    record,
    values,
    at,
    as: undefined,
  } as PlannedAction & {
    kind: 'create'
  }
}

function send(
  record: string,
  event: string,
  values: Record<string, unknown>,
): PlannedAction & { kind: 'send' } {
  return { ...create(record, values), kind: 'send', event, created: {} }
}

/** A port that writes down what it is asked to do. */
function recorder(): { port: DemoPort; log: string[] } {
  const log: string[] = []
  let count = 0
  const port: DemoPort = {
    async create({ object, values, as }) {
      log.push(`create ${object} ${JSON.stringify(values)} as ${as}`)
      return `${object}-${++count}`
    },
    async update({ id, values }) {
      log.push(`update ${id} ${JSON.stringify(values)}`)
    },
    async send({ id, event, values }) {
      if (event === 'forbidden') throw new Error('No.')
      log.push(`send ${id} ${event} ${JSON.stringify(values)}`)
      return [{ object: 'fine', id: `fine-of-${id}` }]
    },
    decide: async () => false,
    lines: async () => [
      { id: 'r1', quantity: '3' },
      { id: 'r2', quantity: '1' },
    ],
  }
  return { port, log }
}
