import { afterAll, describe, expect, it } from 'vitest'
import { startWorker, taskHandlers } from '../../platform/background/index.ts'
import { buildModel, describeProblem } from '../../platform/definitions/index.ts'
import { TesseraError } from '../../platform/access/errors.ts'
import type { Principal } from '../../platform/access/principal.ts'
import { describeProcess, fireTimer, sendEvent, type ProcessPorts } from '../../platform/processes/index.ts'
import { createRecord, deleteRecord, getRecord, updateRecord } from '../../platform/records/index.ts'
import { counterpart } from '../outgoing/counterpart.ts'
import { freshDatabase } from '../harness/fresh-database.ts'
import { testTenant } from '../harness/tenant.ts'
import { declarations } from './invocations.declarations.ts'

const dayMs = 86_400_000
const failures: Error[] = []
const scored: unknown[] = []
const processPorts: ProcessPorts = {
  callAction: (_, { values }) => {
    const failure = failures.shift()
    if (failure !== undefined) return Promise.reject(failure)
    scored.push(values)
    return Promise.resolve({ score: Number(values.total) / 10 })
  },
}
const plugins = { fieldTypes: [], actions: ['credit.score'] }
const other = await counterpart()
const database = await freshDatabase()
const tenant = await testTenant(database, declarations(other.url), { plugins, processPorts })
const clerk = await tenant.person('Carla Clerk', { roles: ['clerk'] })
const { ports } = tenant.work(clerk)
// The worker runs jobs by the real time.
const begun = new Date()
tenant.setClock(begun.toISOString())
const worker = await startWorker({
  database,
  handlers: taskHandlers(
    {
      database,
      models: { current: () => Promise.resolve(tenant.model) },
      ports,
      clock: () => new Date(),
      person: () => Promise.resolve(undefined),
    },
    processPorts,
  ),
})
afterAll(() => worker.stop())

const create = (object: string, values: object, as: Principal = clerk) =>
  tenant.write(as, async (unit) => String((await createRecord(unit, { object, values: { ...values } })).id))
const send = (id: string, event: string, values = {}, object = 'order') =>
  tenant.write(clerk, (unit) => sendEvent(unit, { object, id, event, values }))
const order = async (id: string) => {
  const record = await tenant.read(clerk, (unit) => getRecord(unit, { object: 'order', id }))
  return record as Record<string, unknown>
}
const stage = async (id: string) => (await order(id)).stage
const view = (id: string) => tenant.read(clerk, (unit) => describeProcess(unit, { object: 'order', id }))
const eventually = (id: string) => expect.poll(() => stage(id), { timeout: 10_000, interval: 20 })
const parts = (id: string) =>
  tenant.sql`select status, states from _instance where record = ${id}::uuid and process = 'check' order by id`

const ordered = async (values = {}) => {
  const shipment = await create('shipment', { carrier: 'Rail' })
  const id = await create('order', { title: 'Pump', total: '100', shipment, ...values })
  return { id, shipment }
}

describe('a part of a process', () => {
  it('begins with the state and gives its result to it in the same step', async () => {
    const { id } = await ordered()
    await send(id, 'check')
    expect(await view(id)).toMatchObject({
      states: ['checking'],
      parts: [{ process: 'check', states: [{ state: 'looking', label: 'Looking' }] }],
    })
    const { record } = await send(id, 'rate', { stars: 5 })
    expect(record).toMatchObject({ stage: 'paying', remark: 'rated 5, for Pump' })
    expect(await parts(id)).toMatchObject([{ status: 'ended', states: ['good'] }])
    expect((await view(id)).parts).toEqual([])
  })

  it('offers its events with those of the process, and refuses them when it is not at work', async () => {
    const { id } = await ordered()
    const names = async () => (await view(id)).events.map(({ name }) => name)
    expect(await names()).toEqual(['check', 'watch', 'book'])
    await expect(send(id, 'rate', { stars: 5 })).rejects.toMatchObject({
      code: 'event_refused',
      members: { reason: 'part' },
    })
    await send(id, 'check')
    expect(await names()).toEqual(['call_off', 'rate'])
    await expect(send(id, 'rate', { stars: 9 })).rejects.toMatchObject({ code: 'validation' })
  })

  it('gives blanks for what one of its ends does not name', async () => {
    const { id } = await ordered()
    await send(id, 'check')
    expect((await send(id, 'rate', { stars: 1 })).record).toMatchObject({ stage: 'refused', remark: null })
  })

  it('stops with all that it had open when the state is left', async () => {
    const { id } = await ordered()
    await send(id, 'check')
    const [timer] = await tenant.sql`
      select t.id from _timer t join _instance i on i.id = t.instance where i.record = ${id}::uuid and t.status = 'pending'`
    await send(id, 'call_off')
    expect(await parts(id)).toMatchObject([{ status: 'stopped' }])
    await tenant.write(clerk, async (unit) =>
      fireTimer({ ...tenant.work(clerk), now: unit.moment.now }, timer?.id as string),
    )
    expect(await stage(id)).toBe('open')
    await send(id, 'check')
    expect(await parts(id)).toMatchObject([{ status: 'stopped' }, { status: 'active', states: ['looking'] }])
  })

  it('remembers what it was given, and its timers count', async () => {
    const { id } = await ordered()
    await send(id, 'check')
    const [timer] = await tenant.sql`
      select t.id from _timer t join _instance i on i.id = t.instance where i.record = ${id}::uuid and t.status = 'pending'`
    await fireTimer(
      { ...tenant.work(clerk), now: new Date(begun.getTime() + 3 * dayMs) },
      timer?.id as string,
    )
    expect(await order(id)).toMatchObject({ stage: 'refused' })
    expect(await parts(id)).toMatchObject([{ status: 'ended', states: ['overdue'] }])
  })

  it('is undone with the step that began it', async () => {
    const { id } = await ordered({ title: 'no' })
    await expect(send(id, 'check')).rejects.toMatchObject({ code: 'validation' })
    expect(await parts(id)).toEqual([])
    expect(await stage(id)).toBe('open')
  })
})

const paying = async () => {
  const made = await ordered()
  await send(made.id, 'check')
  await send(made.id, 'rate', { stars: 4 })
  return made
}

describe('a wait', () => {
  it('ends when what it waits for holds, a sum of other records included', async () => {
    const { id } = await paying()
    await create('payment', { order: id, amount: '60' })
    await tenant.write(clerk, (unit) =>
      updateRecord(unit, { object: 'order', id, values: { title: 'Pumps' } }),
    )
    expect(await stage(id)).toBe('paying')
    await create('payment', { order: id, amount: '40' })
    await eventually(id).toBe('shipping')
  })

  it('counts what held for a moment only', async () => {
    const { id } = await paying()
    await tenant.write(clerk, async (unit) => {
      await updateRecord(unit, { object: 'order', id, values: { total: '0' } })
      await updateRecord(unit, { object: 'order', id, values: { total: '70' } })
    })
    await eventually(id).toBe('shipping')
  })

  it('is over at once where it holds already', async () => {
    const { id } = await ordered({ total: '0' })
    await send(id, 'check')
    expect((await send(id, 'rate', { stars: 4 })).record).toMatchObject({ stage: 'shipping' })
  })

  it('is forgotten with its state', async () => {
    const { id } = await paying()
    await send(id, 'call_off')
    await create('payment', { order: id, amount: '100' })
    const statuses = await tenant.sql`
      select v.status from _invocation v join _instance i on i.id = v.instance where i.record = ${id}::uuid and v.invocation = 'paid'`
    expect(statuses).toEqual([{ status: 'closed' }])
    expect(await stage(id)).toBe('open')
  })
})

const shipping = async (values = {}) => {
  const made = await ordered({ total: '0', ...values })
  await send(made.id, 'check')
  await send(made.id, 'rate', { stars: 4 })
  expect(await stage(made.id)).toBe('shipping')
  return made
}

describe("another record's process", () => {
  it('is waited for, and gives what its end gives', async () => {
    const { id, shipment } = await shipping()
    await send(shipment, 'deliver', {}, 'shipment')
    await eventually(id).toBe('scored')
    expect(await order(id)).toMatchObject({ remark: 'by Rail', score: '0' })
  })

  it('may have ended before', async () => {
    const { id, shipment } = await ordered({ total: '0' })
    await send(shipment, 'deliver', {}, 'shipment')
    await send(id, 'check')
    await send(id, 'rate', { stars: 4 })
    await eventually(id).toBe('scored')
  })

  it('fails where there is no record', async () => {
    const { id } = await ordered({ total: '0', shipment: null })
    await send(id, 'check')
    expect((await send(id, 'rate', { stars: 4 })).record).toMatchObject({
      stage: 'stuck',
      remark: 'no_record',
    })
  })

  it('fails when the record that is watched is deleted', async () => {
    const { id, shipment } = await ordered()
    await tenant.write(clerk, (unit) => sendEvent(unit, { object: 'order', id, event: 'watch', values: {} }))
    await tenant.write(clerk, (unit) => deleteRecord(unit, { object: 'shipment', id: shipment }))
    await eventually(id).toBe('stuck')
    expect((await order(id)).remark).toBe('no_record')
  })
})

describe('an action of a plugin', () => {
  it('is tried again, and its result reaches the process once', async () => {
    const before = scored.length
    failures.push(new Error('The network is down.'))
    const { id, shipment } = await shipping({ total: '0' })
    await send(shipment, 'deliver', {}, 'shipment')
    await eventually(id).toBe('scored')
    expect(scored.length - before).toBe(1)
  })

  it('fails at once where the plugin refuses', async () => {
    failures.push(new TesseraError('validation', 'This total cannot be scored.'))
    const { id, shipment } = await shipping()
    await send(shipment, 'deliver', {}, 'shipment')
    await eventually(id).toBe('stuck')
    expect((await order(id)).remark).toBe('validation')
  })
})

describe('a request', () => {
  it('is waited for, and its answer reaches the process', async () => {
    other.willAnswer({
      status: 201,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ number: 'ERP-7' }),
    })
    const { id } = await ordered()
    await send(id, 'book')
    await eventually(id).toBe('scored')
    expect(await order(id)).toMatchObject({ remark: 'ERP-7', score: '201' })
    expect(other.look()).toMatchObject([{ method: 'POST', url: '/api/orders/Pump', body: { total: '100' } }])
  })

  it('fails for good with the status that was answered', async () => {
    other.willAnswer({ status: 404 })
    const { id } = await ordered()
    await send(id, 'book')
    await eventually(id).toBe('stuck')
    expect((await order(id)).remark).toBe('http_404')
  })

  it('is taken back with its state', async () => {
    const { id } = await ordered()
    await tenant.write(clerk, async (unit) => {
      await sendEvent(unit, { object: 'order', id, event: 'book', values: {} })
      await sendEvent(unit, { object: 'order', id, event: 'call_off', values: {} })
    })
    const sent = await tenant.sql`select status from _effect where record = ${id}::uuid`
    expect(sent).toEqual([{ status: 'cancelled' }])
  })
})

describe('the check', () => {
  const problems = (change: (documents: ReturnType<typeof declarations>) => void) => {
    const documents = declarations()
    change(documents)
    const { problems: found } = buildModel({
      documents,
      plugins,
    })
    return found
      .filter(({ severity }) => severity === 'error')
      .map(describeProblem)
      .join('\n')
  }

  it.each<[string, string, (documents: ReturnType<typeof declarations>) => void]>([
    [
      'a way on for what can fail',
      '"credit" can fail',
      ({ process: { fulfilment } }) =>
        delete (fulfilment.machine.states.checking.invoke as { onError?: unknown }).onError,
    ],
    [
      'a role',
      'there may be no person whose rights',
      ({ process: { fulfilment } }) => delete (fulfilment as { run_as?: string }).run_as,
    ],
    [
      'names of events that are unique for a record',
      'has an event "rate" as well',
      ({ process: { fulfilment } }) => {
        Object.assign(fulfilment.events, { rate: {} })
        Object.assign(fulfilment.machine.states.open.on, { rate: 'checking' })
      },
    ],
    [
      'a process that there is',
      'There is no process "chek"',
      ({ process: { fulfilment } }) => {
        fulfilment.machine.states.checking.invoke.input.process = 'chek'
      },
    ],
    [
      'a target for a process that governs',
      'not said which record is waited for',
      ({ process: { fulfilment } }) => {
        delete (fulfilment.machine.states.shipping.invoke.input as { target?: string }).target
      },
    ],
    [
      'outputs of final states alone',
      'is not final, so its "output"',
      ({ process: { check } }) => {
        Object.assign(check.machine.states.looking, { output: { verdict: '1' } })
      },
    ],
    [
      'outputs by their names',
      'verdikt',
      ({ process: { fulfilment } }) => {
        const [first] = fulfilment.machine.states.checking.invoke.onDone
        Object.assign(first as object, {
          guard: { type: 'when', params: { expression: "event.output.verdikt == 'good'" } },
        })
      },
    ],
    [
      'conditions that writes can bring about',
      'changes with time alone',
      ({ process: { fulfilment } }) => {
        fulfilment.machine.states.paying.invoke.input.until = 'record.title != null && now() != null'
      },
    ],
    [
      'no entries of parts',
      'is a part of other processes',
      ({ process: { check } }) => {
        Object.assign(check, { starts: 'on_create' })
      },
    ],
    [
      'a state field of what governs',
      'has no "state_field"',
      ({ object: { order: declared } }) => {
        declared.lifecycle = 'check'
      },
    ],
  ])('asks for %s', (_, message, change) => {
    expect(problems(change)).toContain(message)
  })
})
