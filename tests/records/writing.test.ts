import { beforeAll, describe, expect, it } from 'vitest'
import {
  createRecord,
  deleteRecord,
  getRecord,
  listRecords,
  recordTimeline,
  restoreRecord,
  updateRecord,
  upsertRecord,
} from '../../platform/records/index.ts'
import type { Principal } from '../../platform/access/principal.ts'
import { freshDatabase } from '../harness/fresh-database.ts'
import { testTenant } from '../harness/tenant.ts'
import { declarations } from './declarations.ts'

const database = await freshDatabase()
const tenant = await testTenant(database, declarations)
let chief: Principal
let clerk: Principal

beforeAll(async () => {
  chief = await tenant.person('Chief', { roles: ['chief'] })
  clerk = await tenant.person('Clerk', { roles: ['clerk'] })
})

const faultsOf = (work: Promise<unknown>) =>
  work.then(
    () => 'accepted',
    (error: { faults?: { field?: string; code: string; path?: string }[] }) =>
      (error.faults ?? [])
        .map(({ field, path, code }) => [field, path, code].filter(Boolean).join(' '))
        .sort(),
  )
const create = (object: string, values: Record<string, unknown>, by: Principal = chief) =>
  tenant.write(by, (unit) => createRecord(unit, { object, values }))
const update = (object: string, id: unknown, values: Record<string, unknown>, by: Principal = chief) =>
  tenant.write(by, (unit) => updateRecord(unit, { object, id: String(id), values }))
const get = (object: string, id: unknown, by: Principal = chief) =>
  tenant.read(by, (unit) => getRecord(unit, { object, id: String(id) }))

describe('a new record', () => {
  it('gets defaults, its number, its owner and computed values', async () => {
    const client = await create('client', { name: 'Ada Ltd', size: 'large' })
    const invoice = await create('invoice', {
      client: client.id,
      rows: [
        { text: 'Work', quantity: '1.5', price: { amount: '100', currency: 'EUR' } },
        { text: 'Travel', quantity: 2, price: { amount: '12.50', currency: 'EUR' } },
      ],
    })
    expect(await get('invoice', invoice.id)).toMatchObject({
      number: 'R-2026-0001',
      due: '2026-12-22',
      discount: '0',
      urgent: false,
      owner: chief.userId,
      client_size: 'large',
      net: { amount: '175', currency: 'EUR' },
      total: { amount: '175', currency: 'EUR' },
      rows: [{ text: 'Work', amount: { amount: '150', currency: 'EUR' } }, { text: 'Travel' }],
    })
    expect(await get('client', client.id)).toMatchObject({
      invoice_count: 1,
      invoiced: { amount: '175', currency: 'EUR' },
    })
  })

  it('has formulas rounded half to even at their declared scale', async () => {
    const client = await create('client', { name: 'Rounded Ltd' })
    const total = async (price: string, discount: string) => {
      const invoice = await create('invoice', {
        client: client.id,
        discount,
        rows: [{ text: 'a', quantity: 1, price }],
      })
      return (await get('invoice', invoice.id)).total
    }
    expect(await total('0.25', '50')).toEqual({ amount: '0.12', currency: 'USD' })
    expect(await total('0.75', '50')).toEqual({ amount: '0.38', currency: 'USD' })
    expect(await total('10', '33.33')).toEqual({ amount: '6.67', currency: 'USD' })
  })

  it('is refused with every fault at once, each at its field', async () => {
    const client = await create('client', { name: 'Faulty Ltd' })
    expect(
      await faultsOf(
        create('invoice', { clint: 1, client: 'x', discount: 120, net: 5, number: 'R-1', due: '2026-02-30' }),
      ),
    ).toEqual([
      'client reference',
      'clint unknown_field',
      'discount range',
      'due date',
      'net read_only',
      'number read_only',
    ])
    expect(await faultsOf(create('invoice', { client: client.id, urgent: true }))).toEqual([
      'reason required',
    ])
    expect(await faultsOf(create('invoice', { client: client.id, reason: 'because' }))).toEqual([
      'reason not_applicable',
    ])
    expect(await faultsOf(create('invoice', {}))).toEqual(['client required'])
    expect(
      await faultsOf(
        create('invoice', {
          client: client.id,
          rows: [{ text: 'a', quantity: 1, price: 1 }, { quantity: -1 }],
        }),
      ),
    ).toEqual(['rows 1/quantity range'])
  })

  it('refuses a reference that does not exist or fails its condition, and a read-only field', async () => {
    const huge = await create('client', { name: 'No choice yet' })
    expect(await faultsOf(create('invoice', { client: '00000000-0000-7000-8000-00000000abcd' }))).not.toBe(
      'accepted',
    )
    expect(await faultsOf(create('client', { name: 'Huge', size: 'huge' }))).toEqual(['size choice'])
    expect(await faultsOf(create('invoice', { client: huge.id, checked_by: chief.userId }))).toEqual([
      'checked_by read_only',
    ])
  })

  it('draws gapless numbers without a gap even when writers fail and race', async () => {
    const client = await create('client', { name: 'Racing Ltd' })
    const before = await tenant.sql`select value from _sequence where name = 'invoice_number'`
    await Promise.all(
      Array.from({ length: 20 }, (_, at) =>
        create('invoice', {
          client: client.id,
          ...(at % 4 === 0 ? { rows: [{ text: '', quantity: 1, price: 1 }] } : {}),
        }).catch(() => undefined),
      ),
    )
    const rows =
      await tenant.sql`select number from invoice where client = ${String(client.id)} order by number`
    const numbers = rows.map((row) => Number(String(row.number).slice(-4)))
    const start = Number(before[0]?.value)
    expect(numbers).toEqual(Array.from({ length: 15 }, (_, at) => start + 1 + at))
    expect(await get('client', client.id)).toMatchObject({ invoice_count: 15 })
  })

  it('is found by a unique value only once', async () => {
    await create('client', { name: 'Unique' })
    expect(await faultsOf(create('client', { name: 'Unique' }))).toEqual(['name unique'])
  })
})

describe('a change', () => {
  it('is refused when somebody else was faster, naming what changed', async () => {
    const client = await create('client', { name: 'Contested' })
    await update('client', client.id, { size: 'small' })
    await expect(
      tenant.write(chief, (unit) =>
        updateRecord(unit, { object: 'client', id: String(client.id), values: { name: 'x' }, version: 1 }),
      ),
    ).rejects.toMatchObject({
      code: 'conflict',
      members: { changed: ['size'], current: { size: 'small', version: 2 } },
    })
  })

  it('is checked by the rules over before and after', async () => {
    const project = await create('project', { name: 'P' })
    expect(await faultsOf(update('project', project.id, { starts: '2026-05-01' }))).toEqual(['ends required'])
    expect(
      await faultsOf(update('project', project.id, { starts: '2026-05-01', ends: '2026-04-01' })),
    ).toEqual(['ends ends_after_start'])
    const client = await create('client', { name: 'Rules Ltd' })
    const invoice = await create('invoice', { client: client.id })
    expect(await faultsOf(update('invoice', invoice.id, { due: '2026-01-01' }))).toEqual(['due not_past'])
  })

  it('of lines updates, adds and removes rows and keeps totals fresh', async () => {
    const client = await create('client', { name: 'Lines Ltd' })
    const invoice = await create('invoice', {
      client: client.id,
      rows: [
        { text: 'a', quantity: 1, price: 10 },
        { text: 'b', quantity: 1, price: 20 },
      ],
    })
    const rows = (await get('invoice', invoice.id)).rows as Record<string, unknown>[]
    await update('invoice', invoice.id, {
      rows: [
        { ...rows[1], quantity: '3' },
        { text: 'c', quantity: 1, price: 5 },
      ],
    })
    const after = await get('invoice', invoice.id)
    expect((after.rows as { text: string }[]).map((row) => row.text)).toEqual(['b', 'c'])
    expect(after.net).toEqual({ amount: '65', currency: 'USD' })
    expect(await get('client', client.id)).toMatchObject({ invoiced: { amount: '65', currency: 'USD' } })
  })

  it('of many-to-many references keeps exactly the list', async () => {
    const a = await create('client', { name: 'Many A' })
    const b = await create('client', { name: 'Many B' })
    const project = await create('project', { name: 'Many', clients: [a.id, b.id] })
    await update('project', project.id, { clients: [b.id] })
    expect((await get('project', project.id)).clients).toEqual([b.id])
  })

  it('may refer only to what fits the record itself, also when that changes', async () => {
    const client = await create('client', { name: 'Same' })
    const other = await create('client', { name: 'Other' })
    const first = await create('invoice', { client: client.id })
    const second = await create('invoice', { client: client.id, follows: first.id })
    expect(second.follows).toBe(first.id)
    expect(await faultsOf(create('invoice', { client: other.id, follows: first.id }))).toEqual([
      'follows reference',
    ])
    expect(await faultsOf(update('invoice', second.id, { client: other.id }))).toEqual(['follows reference'])
    await update('invoice', second.id, { client: other.id, follows: null })
  })

  it('changes a conditional roll-up when it comes to meet its condition and when it ceases to', async () => {
    const client = await create('client', { name: 'Conditional' })
    const urgent = async () => (await get('client', client.id)).urgent_count
    const invoice = await create('invoice', { client: client.id })
    expect(await urgent()).toBe(0)
    await update('invoice', invoice.id, { urgent: true, reason: 'Fire' })
    expect(await urgent()).toBe(1)
    await update('invoice', invoice.id, { reason: 'Flood' })
    expect(await urgent()).toBe(1)
    await update('invoice', invoice.id, { urgent: false, reason: null })
    expect(await urgent()).toBe(0)
  })

  it('moves roll-ups from the old record to the new one', async () => {
    const from = await create('client', { name: 'From' })
    const to = await create('client', { name: 'To' })
    const invoice = await create('invoice', { client: from.id, rows: [{ text: 'a', quantity: 1, price: 7 }] })
    await update('invoice', invoice.id, { client: to.id })
    expect(await get('client', from.id)).toMatchObject({ invoice_count: 0, invoiced: null })
    expect(await get('client', to.id)).toMatchObject({
      invoice_count: 1,
      invoiced: { amount: '7', currency: 'USD' },
    })
  })

  it('is written into the history, field by field', async () => {
    const client = await create('client', { name: 'Historic', size: 'small' })
    await update('client', client.id, { size: 'large', tags: ['red'] })
    const { entries } = await tenant.read(chief, (unit) =>
      recordTimeline(unit, { object: 'client', id: String(client.id) }),
    )
    expect(entries.map((entry) => [entry.action, entry.by?.name, entry.changes])).toEqual([
      ['update', 'Chief', { size: { from: 'small', to: 'large' }, tags: { from: null, to: ['red'] } }],
      [
        'create',
        'Chief',
        {
          name: { from: null, to: 'Historic' },
          size: { from: null, to: 'small' },
          owner: { from: null, to: chief.userId },
        },
      ],
    ])
  })
})

describe('rights on writing', () => {
  it('bind to own records, hidden and read-only fields', async () => {
    const mine = await create('client', { name: 'Mine' }, clerk)
    const theirs = await create('client', { name: 'Theirs' })
    await expect(update('client', theirs.id, { size: 'small' }, clerk)).rejects.toMatchObject({
      code: 'forbidden',
    })
    await expect(update('client', mine.id, { owner: chief.userId }, clerk)).rejects.toMatchObject({
      code: 'forbidden',
    })
    expect(await faultsOf(update('client', mine.id, { secret: 'x' }, clerk))).toEqual([
      'secret unknown_field',
    ])
    const invoice = await create('invoice', { client: mine.id }, clerk)
    expect(await faultsOf(update('invoice', invoice.id, { discount: 5 }, clerk))).toEqual([
      'discount forbidden',
    ])
    await expect(create('diary', { title: 'x' })).rejects.toMatchObject({ code: 'not_found' })
  })

  it('follow from the record to its lines', async () => {
    const client = await create('client', { name: 'Line rights' })
    const invoice = await create('invoice', {
      client: client.id,
      rows: [{ text: 'a', quantity: 1, price: 1 }],
    })
    await expect(
      create('invoice_row', { invoice: invoice.id, text: 'x', quantity: 1, price: 1 }, clerk),
    ).rejects.toMatchObject({ code: expect.stringMatching(/forbidden|validation|not_found/) })
    const { rows } = await tenant.read(clerk, (unit) =>
      listRecords(unit, { object: 'invoice_row', filter: `record.invoice == '${String(invoice.id)}'` }),
    )
    expect(rows).toEqual([])
  })
})

describe('deleting', () => {
  it('hides a record and its lines, keeps totals fresh, and restores both', async () => {
    const client = await create('client', { name: 'Deleting' })
    const invoice = await create('invoice', {
      client: client.id,
      rows: [{ text: 'a', quantity: 1, price: 9 }],
    })
    await tenant.write(chief, (unit) => deleteRecord(unit, { object: 'invoice', id: String(invoice.id) }))
    await expect(get('invoice', invoice.id)).rejects.toMatchObject({ code: 'not_found' })
    expect(await get('client', client.id)).toMatchObject({ invoice_count: 0 })
    await tenant.write(chief, (unit) => restoreRecord(unit, { object: 'invoice', id: String(invoice.id) }))
    expect(await get('invoice', invoice.id)).toMatchObject({ net: { amount: '9' }, rows: [{ text: 'a' }] })
    expect(await get('client', client.id)).toMatchObject({ invoice_count: 1 })
  })

  it('handles references as declared: restrict, clear, cascade', async () => {
    const client = await create('client', { name: 'Referred' })
    const project = await create('project', { name: 'Cleared' })
    const invoice = await create('invoice', { client: client.id, project: project.id })
    await expect(
      tenant.write(chief, (unit) => deleteRecord(unit, { object: 'client', id: String(client.id) })),
    ).rejects.toMatchObject({
      code: 'conflict',
      members: { referred_by: { object: 'invoice', field: 'client', count: 1 } },
    })
    await tenant.write(chief, (unit) => deleteRecord(unit, { object: 'project', id: String(project.id) }))
    expect((await get('invoice', invoice.id)).project).toBeNull()
    const loose = await create('client', { name: 'Cascading' })
    const entry = await create('diary', { title: 'gone', client: loose.id }, clerk)
    await tenant.write(chief, (unit) => deleteRecord(unit, { object: 'client', id: String(loose.id) }))
    await expect(get('diary', entry.id, clerk)).rejects.toMatchObject({ code: 'not_found' })
  })

  it('ends a chain of deletions that comes back to where it began', async () => {
    const [first, second] = [
      await create('diary', { title: 'one' }, clerk),
      await create('diary', { title: 'two' }, clerk),
    ]
    const follow = (id: unknown, other: unknown) =>
      tenant.write(clerk, (unit) =>
        updateRecord(unit, { object: 'diary', id: String(id), values: { sequel_to: other } }),
      )
    await follow(first.id, second.id)
    await follow(second.id, first.id)
    await tenant.write(clerk, (unit) => deleteRecord(unit, { object: 'diary', id: String(first.id) }))
    for (const { id } of [first, second])
      await expect(get('diary', id, clerk)).rejects.toMatchObject({ code: 'not_found' })
  })
})

it('upserts by a declared key', async () => {
  const first = await tenant.write(clerk, (unit) =>
    upsertRecord(unit, {
      object: 'diary',
      key: 'by_title_and_mood',
      values: { title: 'Day', mood: 4, steps: 1 },
    }),
  )
  const second = await tenant.write(clerk, (unit) =>
    upsertRecord(unit, {
      object: 'diary',
      key: 'by_title_and_mood',
      values: { title: 'Day', mood: 4, steps: 2 },
    }),
  )
  expect([first.created, second.created]).toEqual([true, false])
  expect(second.record).toMatchObject({ id: first.record.id, steps: 2 })
})
