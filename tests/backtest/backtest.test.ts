import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Principal } from '../../platform/access/principal.ts'
import { buildModel, describeProblem, type Model } from '../../platform/definitions/index.ts'
import { mergePatch } from '../../platform/definitions/load/merge-patch.ts'
import {
  backtest,
  claimWorkItem,
  completeWorkItem,
  fireTimer,
  listWorkItems,
  sendEvent,
  type BacktestReport,
} from '../../platform/processes/index.ts'
import { createRecord, deleteRecord, updateRecord } from '../../platform/records/index.ts'
import { freshDatabase } from '../harness/fresh-database.ts'
import { testTenant, type TestTenant } from '../harness/tenant.ts'
import { declarations, type Documents } from './declarations.ts'

const database = await freshDatabase()
let tenant: TestTenant
let seller: Principal
let boss: Principal
let day: number

beforeAll(async () => {
  tenant = await testTenant(database, declarations)
  tenant.setClock('2026-01-01T08:00:00.000Z')
  seller = await tenant.person('Seller', { roles: ['seller'] })
  boss = await tenant.person('Boss', { roles: ['boss'] })
})

// Each test tells cases of its own month, and asks for those alone.
beforeEach(() => {
  day = (Math.floor((day ?? 0) / 100) + 1) * 100
  clock()
})

/** Moves the clock by so many days. */
function clock(days = 0): string {
  day += days
  const now = new Date(Date.UTC(2026, 1, 1, 8) + day * 86_400_000).toISOString()
  tenant.setClock(now)
  return now
}

async function offer(values: object, options: { entry?: string } = {}): Promise<string> {
  const record = await tenant.write(seller, (unit) =>
    createRecord(unit, { object: 'offer', values: { title: 'An offer', ...values } }, options),
  )
  clock(1)
  return String(record.id)
}

async function customer(): Promise<string> {
  const record = await tenant.write(seller, (unit) =>
    createRecord(unit, { object: 'customer', values: { name: 'C', level: 'key' } }),
  )
  clock(1)
  return String(record.id)
}

async function send(id: string, event: string, values: object = {}, by = seller): Promise<void> {
  await tenant.write(by, (unit) => sendEvent(unit, { object: 'offer', id, event, values: { ...values } }))
  clock(1)
}

async function change(object: string, id: string, values: object): Promise<void> {
  await tenant.write(seller, (unit) => updateRecord(unit, { object, id, values: { ...values } }))
  clock(1)
}

async function decide(id: string, outcome: string): Promise<void> {
  const [item] = await tenant.read(boss, (unit) => listWorkItems(unit, { record: id }))
  await tenant.write(boss, (unit) => claimWorkItem(unit, String(item?.id)))
  await tenant.write(boss, (unit) => completeWorkItem(unit, { id: String(item?.id), outcome }))
  clock(1)
}

/** Fires what is due of a record's timers. */
async function fire(id: string): Promise<void> {
  const rows = await tenant.sql<{ id: string }[]>`
    select t.id from _timer t join _instance i on i.id = t.instance where i.record = ${id} and t.status = 'pending'`
  for (const row of rows) await fireTimer(tenant.work(seller), row.id)
}

function draftOf(patch: unknown): Model {
  const documents = mergePatch(structuredClone(declarations), patch) as Documents
  const { model, problems } = buildModel({ documents })
  if (model === undefined) throw new Error(problems.map(describeProblem).join('\n'))
  return model
}

/** A patch of the process, and of objects with it. */
async function tried(process: object, object: object = {}): Promise<BacktestReport> {
  const begun = new Date(Date.UTC(2026, 1, 1) + Math.floor(day / 100) * 100 * 86_400_000).toISOString()
  return backtest({
    work: tenant.work(seller),
    draft: draftOf({ object, process: { offering: process } }),
    process: 'offering',
    since: begun,
    limit: 100,
  })
}

const states = (patch: object) => ({ machine: { states: patch } })
const when = (expression: string) => ({ type: 'when', params: { expression } })
const submit = (expression: string) =>
  states({
    draft: { on: { submit: [{ guard: when(expression), target: 'in_approval' }, { target: 'sent' }] } },
  })

async function only(report: Promise<BacktestReport>) {
  const { cases } = await report
  expect(cases).toHaveLength(1)
  return cases[0]
}

describe('a case goes the same way', () => {
  it('through events, an approval that is repeated, and an entry, where nothing has changed', async () => {
    const approved = await offer({ amount: '5000' })
    await send(approved, 'submit')
    await decide(approved, 'rejected')
    await send(approved, 'submit')
    await decide(approved, 'approved')
    await send(approved, 'answer', { accepted: true })
    const placed = await offer({ state: 'sent' }, { entry: 'legacy' })
    await send(placed, 'answer', { accepted: false })
    await offer({})
    const { counts, isCut } = await tried({ label: 'Offering anew' })
    expect({ counts, isCut }).toEqual({
      counts: { same: 3, other: 0, refused: 0, late: 0, unknown: 0 },
      isCut: false,
    })
  })

  it('by the values that it had at each step, not by those that it has now', async () => {
    const id = await offer({ amount: '700' })
    await send(id, 'submit')
    await change('offer', id, { amount: '9000' })
    expect(await only(tried({ label: 'X' }))).toMatchObject({ way: 'same', steps: 2 })
    expect(await only(tried(submit('record.doubled > 1300 && record.amount < 1000')))).toMatchObject({
      way: 'other',
    })
  })

  it('when a timer takes it, in both', async () => {
    const id = await offer({})
    await send(id, 'submit')
    clock(14)
    await fire(id)
    expect(await only(tried({ label: 'X' }))).toMatchObject({ way: 'same', steps: 3 })
  })

  it('when the draft has another timer that leads to the same state', async () => {
    const id = await offer({})
    await send(id, 'submit')
    clock(14)
    await fire(id)
    expect(await only(tried(states({ sent: { after: { P14D: null, P10D: 'lost' } } })))).toMatchObject({
      way: 'same',
    })
  })
})

describe('a case goes another way', () => {
  it('because of a guard, which is named with what it gave', async () => {
    const id = await offer({ amount: '700' })
    await send(id, 'submit')
    expect(await only(tried(submit('record.amount > 500')))).toMatchObject({
      way: 'other',
      object: 'offer',
      record: id,
      step: 1,
      event: 'submit',
      from: ['draft'],
      expected: ['sent'],
      drafted: ['in_approval'],
      guards: [{ text: 'record.amount > 500', held: true }],
    })
  })

  it('because a guard does not hold any more', async () => {
    const id = await offer({ amount: '1500' })
    await send(id, 'submit')
    expect(await only(tried(submit('record.amount > 2000')))).toMatchObject({
      way: 'other',
      expected: ['in_approval'],
      drafted: ['sent'],
      recordedGuard: 'record.amount > 1000',
      guards: [{ text: 'record.amount > 2000', held: false }],
    })
  })

  it('by what a record behind a reference said then', async () => {
    const buyer = await customer()
    const id = await offer({ customer: buyer })
    await send(id, 'submit')
    await change('customer', buyer, { level: 'plain' })
    expect(await only(tried(submit("record.customer.level == 'key'")))).toMatchObject({ way: 'other' })
    expect(await only(tried(submit("record.customer.level == 'plain'")))).toMatchObject({ way: 'same' })
  })

  it('by the rows that it had then, and what they came to', async () => {
    const id = await offer({
      rows: [
        { text: 'a', price: '600' },
        { text: 'b', price: '500' },
      ],
    })
    await send(id, 'submit')
    await change('offer', id, { rows: [{ text: 'c', price: '1' }] })
    for (const guard of [
      'record.size == 2',
      'record.value > 1000 && record.value < 1101',
      "record.rows.exists(row, row.text == 'b') && !record.rows.exists(row, row.text == 'c')",
    ])
      expect(await only(tried(submit(guard)))).toMatchObject({ way: 'other', guards: [{ held: true }] })
    expect(await only(tried(submit('record.size == 1 || record.value < 1000')))).toMatchObject({
      way: 'same',
    })
  })

  it('by what steps wrote of its rows and of itself at once', async () => {
    const id = await offer({ rows: [{ text: 'a', price: '600' }] })
    await send(id, 'extend')
    await send(id, 'extend')
    await change('offer', id, { rows: [] })
    await send(id, 'extend')
    await send(id, 'submit')
    await change('offer', id, { rank: 9, rows: [{ text: 'late', price: '1' }] })
    expect(await only(tried({ label: 'X' }))).toMatchObject({ way: 'same', steps: 5 })
    for (const guard of [
      'record.rank == 3',
      'record.size == 1',
      "record.rows.exists(row, row.text == 'extra')",
    ])
      expect(await only(tried(submit(guard)))).toMatchObject({ way: 'other', guards: [{ held: true }] })
  })

  it('by a roll-up that only the draft has', async () => {
    const id = await offer({
      rows: [
        { text: 'a', price: '600' },
        { text: 'b', price: '500' },
      ],
    })
    await send(id, 'submit')
    const dearest = {
      type: 'rollup',
      of: 'offer_row.offer',
      function: 'maximum',
      field: 'price',
      returns: 'money',
    }
    const report = tried(submit('record.dearest == 600'), { offer: { fields: { dearest } } })
    expect(await only(report)).toMatchObject({ way: 'other' })
  })

  it('by the person and the clock of the step', async () => {
    const id = await offer({})
    await send(id, 'submit', {}, boss)
    expect(await only(tried(submit("'boss' in user.roles")))).toMatchObject({ way: 'other' })
    expect(await only(tried(submit("'seller' in user.roles")))).toMatchObject({ way: 'same' })
    const month = new Date(clock()).toISOString().slice(0, 10)
    expect(await only(tried(submit(`today() < date('${month}')`)))).toMatchObject({ way: 'other' })
    expect(await only(tried(submit(`today() >= date('${month}')`)))).toMatchObject({ way: 'same' })
  })

  it('when a timer of the draft comes first, at its own moment', async () => {
    const id = await offer({})
    await send(id, 'submit')
    clock(9)
    await send(id, 'answer', { accepted: true })
    const found = await only(tried(states({ sent: { after: { P14D: null, P7D: 'lost' } } })))
    expect(found).toMatchObject({
      way: 'other',
      step: 2,
      event: 'after P7D',
      from: ['sent'],
      expected: ['sent'],
      drafted: ['lost'],
    })
    const at = Date.UTC(2026, 1, 1, 8) + (Math.floor(day / 100) * 100 + 1 + 7) * 86_400_000
    expect(found).toMatchObject({ at: new Date(at).toISOString() })
  })

  it('when the timer that took it is not there any more', async () => {
    const id = await offer({})
    await send(id, 'submit')
    clock(14)
    await fire(id)
    expect(await only(tried(states({ sent: { after: null } })))).toMatchObject({
      way: 'other',
      event: 'after P14D',
      expected: ['lost'],
      drafted: ['sent'],
    })
  })

  it('by the memory of the process, as the draft keeps it', async () => {
    const id = await offer({ amount: '5000' })
    await send(id, 'submit')
    await decide(id, 'rejected')
    await send(id, 'submit')
    const twice = states({
      draft: {
        on: {
          submit: [
            { guard: when('context.rounds >= 1'), target: 'lost' },
            {
              guard: when('record.amount > 1000'),
              target: 'in_approval',
              actions: [{ type: 'assign', params: { values: { rounds: 'context.rounds + 1' } } }],
            },
            { target: 'sent' },
          ],
        },
      },
    })
    expect(await only(tried(twice))).toMatchObject({ way: 'other', step: 3, drafted: ['lost'] })
  })
})

describe('a step is refused', () => {
  beforeEach(async () => {
    const id = await offer({ amount: '10' })
    await send(id, 'submit')
    await send(id, 'answer', { accepted: true })
  })

  it.each([
    ['to the roles of the sender', { events: { submit: { allowed_roles: { boss: true } } } }, 'role', 1],
    ['by a condition', { events: { submit: { allowed_when: 'record.amount > 100' } } }, 'condition', 1],
    [
      'by a form that asks for more',
      { events: { answer: { form: { reason: { type: 'text', required: true } } } } },
      'form',
      2,
    ],
    [
      'where the state does not take it',
      states({ sent: { on: { answer: null, submit: 'won' } } }),
      'state',
      2,
    ],
    [
      'where no guard lets it through',
      states({ sent: { on: { answer: { guard: when('!event.accepted'), target: 'won' } } } }),
      'guard',
      2,
    ],
    [
      'where the draft does not know it',
      { events: { answer: null }, ...states({ sent: { on: { answer: null } }, won: null }) },
      'event',
      2,
    ],
    [
      'where the draft has ended',
      states({ sent: { type: 'final', on: null, after: null, entry: null }, won: null, lost: null }),
      'ended',
      2,
    ],
  ])('%s', async (_, patch, reason, step) => {
    expect(await only(tried(patch))).toMatchObject({ way: 'refused', reason, step })
  })

  it('and the counts say how many', async () => {
    const { counts } = await tried({ events: { submit: { allowed_roles: { boss: true } } } })
    expect(counts).toEqual({ same: 0, other: 0, refused: 1, late: 0, unknown: 0 })
  })
})

describe('what cannot be told is said', () => {
  it.each([
    ['a field that is new', 'record.fresh == null', 'offer.fresh is new in the draft'],
    [
      'a roll-up over other records',
      'record.customer.offers > 0',
      'customer.offers is a roll-up over other records',
    ],
  ])('%s', async (_, guard, text) => {
    const id = await offer({ customer: await customer() })
    await send(id, 'submit')
    const report = tried(submit(guard), { offer: { fields: { fresh: { type: 'text' } } } })
    expect(await only(report)).toMatchObject({
      way: 'unknown',
      step: 1,
      event: 'submit',
      text: expect.stringContaining(text) as string,
    })
  })

  it('but a value that is not asked for is no matter', async () => {
    const id = await offer({})
    await send(id, 'submit')
    const note = { type: 'note', params: { text: 'record.fresh' } }
    const report = tried(
      states({ sent: { entry: [{ type: 'set', params: { values: { rank: '1' } } }, note] } }),
      {
        offer: { fields: { fresh: { type: 'text' } } },
      },
    )
    expect(await only(report)).toMatchObject({ way: 'same' })
  })

  it('a field that the draft would have set otherwise', async () => {
    const id = await offer({})
    await send(id, 'submit')
    await send(id, 'answer', { accepted: true })
    const patch = states({
      sent: {
        entry: [{ type: 'set', params: { values: { rank: '2' } } }],
        on: { answer: [{ guard: when('record.rank > 1'), target: 'won' }, { target: 'lost' }] },
      },
    })
    expect(await only(tried(patch))).toMatchObject({
      way: 'unknown',
      step: 2,
      text: expect.stringContaining('the draft would have set offer.rank to 2') as string,
    })
  })

  it('a record that was changed without a history', async () => {
    const id = await offer({ amount: '700' })
    await send(id, 'submit')
    await tenant.sql`update offer set amount = 900, version = version + 1 where id = ${id}`
    expect(await only(tried(submit('record.amount > 500')))).toMatchObject({
      way: 'unknown',
      text: 'this offer was changed without a history',
    })
  })

  it('who sent an event of which it is not recorded, where that counts', async () => {
    const id = await offer({})
    await tenant.write({ ...seller, userId: undefined }, (unit) =>
      sendEvent(unit, { object: 'offer', id, event: 'submit', values: {} }),
    )
    expect(await only(tried({ label: 'X' }))).toMatchObject({ way: 'same' })
    const expected = { way: 'unknown', step: 1, text: 'it is not recorded who did this step' }
    expect(await only(tried({ events: { submit: { allowed_roles: { boss: true } } } }))).toMatchObject(
      expected,
    )
    expect(await only(tried(submit('user.id == record.owner')))).toMatchObject(expected)
  })

  it('a past in which even the version that ran goes another way', async () => {
    const id = await offer({ amount: '700' })
    await send(id, 'submit')
    // The history itself is beyond the reach of the tenant's role.
    await database.platform`update t_test._change set changes = jsonb_set(changes, '{amount,to,amount}', '"7000"')
      where record = ${id} and action = 'create'`
    await tenant.sql`update offer set amount = 7000 where id = ${id}`
    expect(await only(tried(submit('record.amount > 500')))).toMatchObject({
      way: 'unknown',
      text: expect.stringContaining('even the version that ran') as string,
    })
  })
})

it('reads the cases that began since a day, the latest first, up to a limit', async () => {
  const first = await offer({ title: 'First' })
  const since = clock(1)
  const second = await offer({ title: 'Second' })
  const third = await offer({ title: 'Third' })
  const request = { work: tenant.work(seller), draft: draftOf({}), process: 'offering', since, limit: 10 }
  const records = async (limit: number) =>
    (await backtest({ ...request, limit })).cases.map(({ record }) => record)
  expect(await records(10)).toEqual([third, second])
  expect(await records(1)).toEqual([third])
  expect((await backtest({ ...request, limit: 1 })).isCut).toBe(true)
  expect(await records(10)).not.toContain(first)
})

it('judges a deleted record to the day of its deletion', async () => {
  const id = await offer({})
  await send(id, 'submit')
  await tenant.write(seller, (unit) => deleteRecord(unit, { object: 'offer', id }))
  clock(60)
  expect(await only(tried({ label: 'X' }))).toMatchObject({ way: 'same' })
})

it('writes nothing', async () => {
  const id = await offer({ amount: '700' })
  await send(id, 'submit')
  const all = async () => {
    const [row] = await tenant.sql`
      select (select count(*) from _change) as changes, (select count(*) from _step) as steps,
        (select count(*) from _timer) as timers, (select count(*) from _process_definition) as definitions,
        (select string_agg(snapshot, '' order by id) from _instance) as snapshots`
    return row
  }
  const before = await all()
  await tried(submit('record.amount > 500'))
  expect(await all()).toEqual(before)
})

it('says which processes there are where the draft has no such one', async () => {
  const request = { work: tenant.work(seller), draft: draftOf({}), process: 'offring', limit: 1 }
  await expect(backtest(request)).rejects.toThrow(
    'The declarations have no process "offring"; they have: offering.',
  )
})
