import { beforeAll, describe, expect, it } from 'vitest'
import type { Principal } from '../../platform/access/principal.ts'
import {
  createRecord,
  deleteRecord,
  getRecord,
  insertsTogether,
  recordTimeline,
  restoreRecord,
  rowsTogether,
  updateRecord,
} from '../../platform/records/index.ts'
import { freshDatabase } from '../harness/fresh-database.ts'
import { testTenant, type TestTenant } from '../harness/tenant.ts'
import { orderDeclarations } from './lines-in-history.declarations.ts'

let tenant: TestTenant
let chief: Principal
let clerk: Principal

beforeAll(async () => {
  tenant = await testTenant(await freshDatabase(), orderDeclarations)
  chief = await tenant.person('Chief', { roles: ['chief'] })
  clerk = await tenant.person('Clerk', { roles: ['clerk'] })
})

type Row = Record<string, unknown> & { readonly id: string; readonly version: number }

const create = (object: string, values: object) =>
  tenant.write(chief, (unit) => createRecord(unit, { object, values: { ...values } }))
const change = (object: string, id: unknown, values: object, version?: number) =>
  tenant.write(chief, (unit) =>
    updateRecord(unit, {
      object,
      id: String(id),
      values: { ...values },
      ...(version === undefined ? {} : { version }),
    }),
  )
const remove = (object: string, id: unknown) =>
  tenant.write(chief, (unit) => deleteRecord(unit, { object, id: String(id) }))
const get = (id: unknown, object = 'order') =>
  tenant.read(chief, (unit) => getRecord(unit, { object, id: String(id) })) as Promise<
    Row & { readonly rows: readonly Row[] }
  >

/** An order with rows of these texts, each of which costs 10. */
async function order(...texts: string[]) {
  const { id } = await create('order', {
    title: 'An order',
    rows: texts.map((text) => ({ text, price: '10' })),
  })
  return get(id)
}

const timeline = async (id: unknown, { by = chief, object = 'order' } = {}) =>
  (await tenant.read(by, (unit) => recordTimeline(unit, { object, id: String(id) }))).entries
const latest = async (id: unknown, options = {}) => (await timeline(id, options))[0]

const named = (name: string) => expect.objectContaining({ name }) as unknown
const nothing = { added: [], changed: [], removed: [] }

describe('rows that are written with their record', () => {
  it('are told in its history: added, changed from what to what, removed', async () => {
    const { id, version, rows } = await order('a', 'b', 'c')
    const [a, b] = rows as [Row, Row]
    await change('order', id, { rows: [{ ...a, price: '12', text: 'A' }, b, { text: 'd', price: '1' }] })
    const entries = await timeline(id)
    expect(entries.map((entry) => entry.action)).toEqual(['update', 'create'])
    expect(entries[0]).toMatchObject({ version: version + 1, by: { id: chief.userId }, changes: {} })
    expect(entries[0]?.lines).toEqual({
      rows: {
        added: [{ id: expect.any(String) as string, name: 'd' }],
        changed: [
          {
            id: a.id,
            name: 'A',
            changes: { text: { from: 'a', to: 'A' }, price: { from: '10', to: '12' } },
          },
        ],
        removed: [{ id: rows[2]?.id, name: 'c' }],
      },
    })
    expect(entries[1]?.lines).toEqual({})
    expect(await get(id)).toMatchObject({ version: version + 1, total: '23', updated_by: chief.userId })
  })

  it('are one entry with what else was changed', async () => {
    const { id, version, rows } = await order('a')
    await change('order', id, { title: 'Another', rows: [...rows, { text: 'b', price: '1' }] })
    expect(await latest(id)).toMatchObject({
      version: version + 1,
      changes: { title: { from: 'An order', to: 'Another' } },
      lines: { rows: { ...nothing, added: [named('b')] } },
    })
    expect(await timeline(id)).toHaveLength(2)
  })

  it('leave neither entry nor version where none of them is changed', async () => {
    const { id, version, rows } = await order('a')
    await change('order', id, { rows })
    expect(await timeline(id)).toHaveLength(1)
    expect(await get(id)).toMatchObject({ version })
  })

  it('are told of rows that have rows', async () => {
    const created = await create('order', {
      title: 'Deep',
      rows: [{ text: 'a', price: '1', parts: [{ label: 'p' }] }],
    })
    const [row] = (await get(created.id)).rows as [Row]
    await change('order', created.id, { rows: [{ id: row.id, parts: [{ label: 'q' }] }] })
    expect((await latest(created.id))?.lines).toEqual({
      rows: { ...nothing, changed: [{ id: row.id, name: 'a', changes: {} }] },
    })
    expect((await latest(row.id, { object: 'order_row' }))?.lines).toEqual({
      parts: { ...nothing, added: [named('q')], removed: [named('p')] },
    })
  })

  it('cost one statement of their record at most', async () => {
    const { id, rows } = await order('a', 'b')
    const statementsOf = async (values: object) => {
      const sent: string[] = []
      await tenant.write(chief, async (unit) => {
        const sql = new Proxy(unit.sql, {
          get: (target, name) =>
            name === 'unsafe'
              ? (text: string, ...rest: []) => {
                  sent.push(text)
                  return target.unsafe(text, ...rest)
                }
              : (Reflect.get(target, name) as unknown),
        })
        await updateRecord({ ...unit, sql }, { object: 'order', id, values: { ...values } })
      })
      return sent
    }
    const [a, b] = rows as [Row, Row]
    const alone = await statementsOf({ rows: [{ id: a.id, text: 'x' }, { id: b.id }] })
    const together = await statementsOf({ title: 'T', rows: [{ id: a.id, text: 'y' }, { id: b.id }] })
    const ofOrder = (sent: readonly string[]) =>
      sent.filter((text) => /with t as \(update "order" /.test(text))
    expect([ofOrder(alone).length, ofOrder(together).length]).toEqual([1, 1])
    expect(alone.length).toBe(together.length)
  })
})

describe('a row that is written by itself', () => {
  it('is told in the history of its record', async () => {
    const { id, version, rows } = await order('a')
    const [a] = rows as [Row]
    await change('order_row', a.id, { price: '11' })
    expect(await latest(id)).toMatchObject({
      version: version + 1,
      by: { name: 'Chief' },
      lines: {
        rows: {
          ...nothing,
          changed: [{ id: a.id, name: 'a', changes: { price: { from: '10', to: '11' } } }],
        },
      },
    })
    const b = await create('order_row', { order: id, text: 'b', price: '1' })
    expect((await latest(id))?.lines).toEqual({ rows: { ...nothing, added: [{ id: b.id, name: 'b' }] } })
    await remove('order_row', b.id)
    expect((await latest(id))?.lines).toEqual({ rows: { ...nothing, removed: [{ id: b.id, name: 'b' }] } })
    await tenant.write(chief, (unit) => restoreRecord(unit, { object: 'order_row', id: String(b.id) }))
    expect((await latest(id))?.lines).toEqual({ rows: { ...nothing, added: [{ id: b.id, name: 'b' }] } })
    expect(await get(id)).toMatchObject({ version: version + 4, total: '12' })
    await change('order_row', a.id, { price: '11' })
    expect(await get(id)).toMatchObject({ version: version + 4 })
  })

  it('leaves one record and comes to another', async () => {
    const [from, to] = [await order('a'), await order()]
    const [a] = from.rows as [Row]
    await change('order_row', a.id, { order: to.id })
    expect((await latest(from.id))?.lines).toEqual({ rows: { ...nothing, removed: [named('a')] } })
    expect((await latest(to.id))?.lines).toEqual({ rows: { ...nothing, added: [named('a')] } })
  })

  it('is told to the records around it, too', async () => {
    const { id, version, rows } = await order('a')
    const [a] = rows as [Row]
    const part = await create('part', { row: a.id, label: 'p' })
    expect((await latest(a.id, { object: 'order_row' }))?.lines).toEqual({
      parts: { ...nothing, added: [{ id: part.id, name: 'p' }] },
    })
    expect(await latest(id)).toMatchObject({
      version: version + 1,
      lines: { rows: { ...nothing, changed: [{ id: a.id, name: 'a', changes: {} }] } },
    })
  })

  it('is told where it was changed because another record was deleted', async () => {
    const item = await create('item', { name: 'Screw' })
    const { id } = await create('order', { title: 'O', rows: [{ text: 'a', price: '1', item: item.id }] })
    await remove('item', item.id)
    expect(await latest(id)).toMatchObject({
      lines: {
        rows: { ...nothing, changed: [{ name: 'a', changes: { item: { from: item.id, to: null } } }] },
      },
    })
  })

  it('is no entry of its own where the record is deleted or restored', async () => {
    const { id } = await order('a', 'b')
    await remove('order', id)
    await tenant.write(chief, (unit) => restoreRecord(unit, { object: 'order', id }))
    expect((await timeline(id)).map(({ action, lines }) => [action, lines])).toEqual([
      ['restore', {}],
      ['delete', {}],
      ['create', {}],
    ])
  })

  it('shares one entry with others that are written together', async () => {
    const [one, other] = [await order(), await order()]
    await tenant.write(chief, (unit) =>
      rowsTogether(unit, (gathering) =>
        insertsTogether(gathering, (inner) =>
          Promise.all(
            [one, one, other].map(({ id }, at) =>
              createRecord(inner, { object: 'order_row', values: { order: id, text: `r${at}`, price: '1' } }),
            ),
          ),
        ),
      ),
    )
    expect((await timeline(one.id)).map(({ lines }) => lines)).toEqual([
      { rows: { ...nothing, added: [named('r0'), named('r1')] } },
      {},
    ])
    expect((await latest(other.id))?.lines).toEqual({ rows: { ...nothing, added: [named('r2')] } })
    expect(await get(one.id)).toMatchObject({ version: one.version + 1 })
  })
})

describe('who looks at the history', () => {
  it('sees no field of a row that he may not read', async () => {
    const { id, rows } = await order('a', 'b')
    const [a, b] = rows as [Row, Row]
    await change('order', id, {
      rows: [
        { ...a, cost: '3', price: '4' },
        { ...b, cost: '5' },
      ],
    })
    expect((await latest(id))?.lines.rows?.changed).toHaveLength(2)
    expect((await latest(id, { by: clerk }))?.lines).toEqual({
      rows: { ...nothing, changed: [{ id: a.id, name: 'a', changes: { price: { from: '10', to: '4' } } }] },
    })
  })

  it('sees nothing of lines that he may not read', async () => {
    const created = await create('order', { title: 'O', secrets: [{ text: 's' }] })
    await change('order', created.id, { secrets: [] })
    expect((await latest(created.id))?.lines).toEqual({ secrets: { ...nothing, removed: [named('s')] } })
    expect(await latest(created.id, { by: clerk })).toMatchObject({
      action: 'update',
      changes: {},
      lines: {},
    })
  })
})

describe('somebody who has seen an earlier version', () => {
  it('is told that the rows were changed, and how they are now', async () => {
    const { id, version, rows } = await order('a')
    await change('order', id, { rows: [...rows, { text: 'b', price: '1' }] }, version)
    await expect(change('order', id, { rows: [] }, version)).rejects.toMatchObject({
      code: 'conflict',
      members: {
        changed: ['rows'],
        current: { version: version + 1, rows: [{ text: 'a' }, { text: 'b' }] },
      },
    })
    await change('order_row', rows[0]?.id, { price: '2' })
    await expect(change('order', id, { title: 'T' }, version + 1)).rejects.toMatchObject({
      members: { changed: ['rows'] },
    })
  })
})
