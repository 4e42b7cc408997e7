import { beforeAll, describe, expect, it } from 'vitest'
import type { Principal } from '../../platform/access/principal.ts'
import { buildModel, describeProblem, type Model } from '../../platform/definitions/index.ts'
import { sendEvent, type ProcessPorts } from '../../platform/processes/index.ts'
import { planModel, publishModel } from '../../platform/publishing/index.ts'
import { createRecord, getRecord, listRecords, writingWork } from '../../platform/records/index.ts'
import { freshDatabase } from '../harness/fresh-database.ts'
import { testTenant } from '../harness/tenant.ts'

const plugins = { actions: ['stamps.stamp'] }

interface Names {
  readonly amount: string
  readonly rows: string
  readonly job: string
  readonly quantity: string
}
const names: Names = { amount: 'amount', rows: 'rows', job: 'job', quantity: 'quantity' }

const declared = (name: string, before: string, type: object) => ({
  [name]: { ...type, ...(name === before ? {} : { formerly: before }) },
})

/** An offer with rows whose process reads and sets fields, copies rows into a job, and calls a plugin. */
function declarations(now: Names, before: Names = now, label = 'Offering') {
  const { amount, rows, job, quantity } = now
  const object = (name: string, fields: object, others: object = {}) => ({
    name,
    label: name,
    name_field: 'title',
    ownership: 'none',
    fields: { title: { type: 'text' }, ...fields },
    ...others,
  })
  const to = (target: string) => ({ type: 'reference', to: target })
  return {
    object: {
      offer: object(
        'offer',
        {
          state: { type: 'state' },
          ...declared(amount, before.amount, { type: 'integer' }),
          ...declared(rows, before.rows, { type: 'lines', of: 'offer_row.offer' }),
          stamp: { type: 'text' },
          job: to(job),
        },
        { lifecycle: 'offering' },
      ),
      offer_row: object(
        'offer_row',
        { offer: to('offer'), ...declared(quantity, before.quantity, { type: 'integer' }) },
        { parent: 'offer' },
      ),
      [job]: object(
        job,
        { rows: { type: 'lines', of: 'job_row.job' }, size: { type: 'integer' } },
        job === before.job ? {} : { formerly: before.job },
      ),
      job_row: object('job_row', { job: to(job), quantity: { type: 'integer' } }, { parent: 'job' }),
    },
    process: {
      offering: {
        name: 'offering',
        label,
        object: 'offer',
        state_field: 'state',
        starts: 'on_create',
        events: {
          win: { label: 'Win', allowed_when: `record.${amount} != null`, form: { like: to(job) } },
        },
        machine: {
          initial: 'open',
          states: {
            open: {
              meta: { label: 'Open' },
              on: {
                win: [
                  {
                    guard: {
                      type: 'when',
                      params: {
                        expression: `record.${amount} > 10 && record.${rows}.exists(r, r.${quantity} == 2)`,
                      },
                    },
                    target: 'won',
                    actions: [
                      {
                        type: 'create',
                        params: {
                          object: job,
                          as: 'job',
                          values: { title: 'record.title', size: `record.${amount}` },
                          lines: {
                            field: 'rows',
                            from: `record.${rows}`,
                            values: { title: 'row.title', quantity: `row.${quantity}` },
                          },
                        },
                      },
                      {
                        type: 'set',
                        params: { values: { [amount]: `record.${amount} + 1`, job: 'created.job' } },
                      },
                      {
                        type: 'call',
                        params: { action: 'stamps.stamp', values: { text: `string(record.${amount})` } },
                      },
                    ],
                  },
                  { target: 'lost' },
                ],
              },
            },
            won: { type: 'final', meta: { label: 'Won' } },
            lost: { type: 'final', meta: { label: 'Lost' } },
          },
        },
      },
    },
  }
}

function modelOf(documents: object): Model {
  const { model, problems } = buildModel({ documents: documents as never, plugins })
  if (model === undefined) throw new Error(problems.map(describeProblem).join('\n'))
  return model
}

const database = await freshDatabase()
const tenant = await testTenant(database, declarations(names) as never, { plugins })
const ports: ProcessPorts = {
  callAction: async (_unit, { values }) => ({ stamp: `stamped ${String(values.text)}` }),
}
let admin: Principal

const publish = (model: Model, allowRetire: string[] = []) =>
  publishModel({ database, tenant: 'test', model, allowRetire, settleMs: 0 })
const newOffer = async (amount = 20) =>
  String(
    (
      await tenant.write(admin, (unit) =>
        createRecord(unit, {
          object: 'offer',
          values: {
            title: 'Pump',
            amount,
            rows: [
              { title: 'a', quantity: 2 },
              { title: 'b', quantity: 1 },
            ],
          },
        }),
      )
    ).id,
  )
const win = (model: Model, id: string) =>
  writingWork({ ...tenant.work(admin), model }, (unit) =>
    sendEvent(unit, { object: 'offer', id, event: 'win', values: {} }, { ports }),
  )
const read = (model: Model, object: string, id: string) =>
  writingWork({ ...tenant.work(admin), model }, (unit) => getRecord(unit, { object, id }))

beforeAll(async () => {
  admin = await tenant.person('Admin', { roles: ['administrator'] })
})

describe('a record that lives on an earlier version of its process', () => {
  const renamed: Names = { amount: 'price', rows: 'positions', job: 'assignment', quantity: 'pieces' }
  const again: Names = { ...renamed, amount: 'worth', job: 'task' }

  it('goes on after fields and objects that its guards and actions name were renamed, twice', async () => {
    const [first, second, third] = [await newOffer(), await newOffer(), await newOffer(5)]
    const once = modelOf(declarations(renamed, names))
    await publish(once)
    await win(once, first as string)
    const { job } = await read(once, 'offer', first as string)
    expect(await read(once, 'offer', first as string)).toMatchObject({
      state: 'won',
      price: 21,
      stamp: 'stamped 21',
    })
    const id = String(job)
    expect(await read(once, 'assignment', id)).toMatchObject({ title: 'Pump', size: 20 })
    const { rows } = await writingWork({ ...tenant.work(admin), model: once }, (unit) =>
      listRecords(unit, { object: 'job_row', filter: `record.job.id == '${id}'`, sort: ['quantity'] }),
    )
    expect(rows).toMatchObject([{ quantity: 1 }, { quantity: 2 }])

    const twice = modelOf(declarations(again, renamed))
    await publish(twice)
    await win(twice, second as string)
    expect(await read(twice, 'offer', second as string)).toMatchObject({ state: 'won', worth: 21 })
    await win(twice, third as string)
    expect(await read(twice, 'offer', third as string)).toMatchObject({ state: 'lost', worth: 5 })
  })

  it('is named by the plan, with consent, before something that it needs goes', async () => {
    const documents = declarations({ ...again }, again)
    const before = modelOf(documents)
    await publish(before)
    const live = String(
      (
        await writingWork({ ...tenant.work(admin), model: before }, (unit) =>
          createRecord(unit, { object: 'offer', values: { title: 'Late', worth: 30 } }),
        )
      ).id,
    )
    const without = structuredClone(documents) as never as {
      object: { offer: { fields: Record<string, unknown> } }
      process: { offering: unknown }
    }
    delete without.object.offer.fields.stamp
    delete without.object.offer.fields[again.amount]
    without.process.offering = JSON.parse(
      JSON.stringify(without.process.offering)
        .replaceAll(`record.${again.amount} + 1`, '1')
        .replaceAll(`"${again.amount}":"1",`, '')
        .replaceAll(`record.${again.amount}`, '20'),
    )
    const after = modelOf(without)
    const plan = await planModel({ database, tenant: 'test', model: after })
    const stranded = plan.steps.filter(({ action }) => action === 'strand_process')
    expect(stranded).toMatchObject([{ subject: 'process/offering', class: 'destructive', valuesAtStake: 1 }])
    expect(stranded[0]?.loses).toContain(again.amount)
    await expect(publish(after, [`offer.${again.amount}`, 'offer.stamp'])).rejects.toThrow('process/offering')
    await publish(after, [`offer.${again.amount}`, 'offer.stamp', 'process/offering'])
    await expect(win(after, live)).rejects.toMatchObject({ code: 'unavailable' })
  })
})
