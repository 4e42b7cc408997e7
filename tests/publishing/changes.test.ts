import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Model } from '../../platform/definitions/index.ts'
import type { Sql } from '../../platform/database/index.ts'
import { publishModel, PublishRefused, type PublishOptions } from '../../platform/publishing/index.ts'
import { freshDatabase } from '../harness/fresh-database.ts'
import { date, decimal, integer, modelOf, money, text } from './declarations.ts'

const database = await freshDatabase()
let tenant = ''
let count = 0

beforeEach(() => {
  tenant = `t${count++}`
})

const publish = (model: Model, options: Partial<PublishOptions> = {}) =>
  publishModel({ database, tenant, model, settleMs: 0, ...options })
const records = (): Promise<Sql> => database.tenant(tenant)

async function insert(table: string, values: Record<string, unknown>): Promise<string> {
  const sql = await records()
  const id = randomUUID()
  await sql`insert into ${sql(table)} ${sql({ id, ...values } as never)}`
  return id
}

async function all(table: string, ...columns: string[]): Promise<unknown[]> {
  const sql = await records()
  return [...(await sql`select ${sql(columns)} from ${sql(table)} order by ${sql(columns[0] as string)}`)]
}

async function refusal(promise: Promise<unknown>): Promise<PublishRefused> {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(PublishRefused)
  return error as PublishRefused
}

/** After each change the database must be as the Model says, which a further publish finds out. */
async function expectSound(model: Model): Promise<void> {
  const { isNew, plan } = await publish(model)
  expect({ isNew, steps: plan.steps, drift: plan.drift }).toEqual({ isNew: false, steps: [], drift: [] })
}

describe('on tables with rows', () => {
  it('adds fields, with their indexes and references', async () => {
    await publish(modelOf({ account: {}, deal: {} }))
    await insert('deal', { title: 'A' })
    const after = modelOf({
      account: {},
      deal: {
        amount: money,
        code: { type: 'text', unique: true },
        size: { type: 'integer', indexed: true },
        account: { type: 'reference', to: 'account' },
        friends: { type: 'references', to: 'account' },
        double: { type: 'formula', returns: 'integer', expression: 'record.size * 2' },
      },
    })
    const { plan } = await publish(after)
    expect(plan.steps.every((step) => step.class !== 'destructive')).toBe(true)
    await expectSound(after)
    const account = await insert('account', { title: 'Ada' })
    const deal = await insert('deal', { title: 'B', size: 3, code: 'x', account })
    await insert('deal__friends', { record: deal, target: account }).catch(() => undefined)
    expect(await all('deal', 'title', 'double')).toEqual([
      { title: 'A', double: null },
      { title: 'B', double: 6 },
    ])
    await expect(insert('deal', { code: 'x' })).rejects.toMatchObject({ code: '23505' })
    await expect(insert('deal', { account: randomUUID() })).rejects.toMatchObject({ code: '23503' })
  })

  it('renames objects and fields, keeping values, indexes, references and formulas', async () => {
    const before = modelOf({
      account: { code: { type: 'text', unique: true } },
      deal: {
        size: { type: 'integer', indexed: true },
        account: { type: 'reference', to: 'account' },
        friends: { type: 'references', to: 'account' },
        double: { type: 'formula', returns: 'integer', expression: 'record.size * 2' },
      },
    })
    await publish(before)
    const account = await insert('account', { title: 'Ada', code: 'c1' })
    const deal = await insert('deal', { title: 'A', size: 2, account })
    const sql = await records()
    await sql`insert into deal__friends (record, target) values (${deal}, ${account})`
    const after = modelOf({
      client: { formerly: 'account', fields: { key: { type: 'text', unique: true, formerly: 'code' } } },
      sale: {
        formerly: 'deal',
        fields: {
          quantity: { type: 'integer', indexed: true, formerly: 'size' },
          client: { type: 'reference', to: 'client', formerly: 'account' },
          mates: { type: 'references', to: 'client', formerly: 'friends' },
          double: { type: 'formula', returns: 'integer', expression: 'record.quantity * 2' },
        },
      },
    })
    const { plan } = await publish(after)
    expect(plan.steps.map((step) => step.class)).not.toContain('destructive')
    expect(plan.steps.map((step) => step.action)).not.toContain('create_index')
    expect(plan.steps.map((step) => step.action)).not.toContain('drop_computed')
    expect(await all('sale', 'title', 'quantity', 'client', 'double')).toEqual([
      { title: 'A', quantity: 2, client: account, double: 4 },
    ])
    expect(await all('client', 'title', 'key')).toEqual([{ title: 'Ada', key: 'c1' }])
    expect(await all('sale__mates', 'record', 'target')).toEqual([{ record: deal, target: account }])
    await expectSound(after)
  })

  it('retypes where nothing is lost', async () => {
    await publish(
      modelOf({
        deal: {
          whole: integer,
          stars: { type: 'rating' },
          exact: { type: 'decimal', scale: 2 },
          day: date,
          colour: { type: 'choice', choices: { red: {}, blue: {} } },
          mail: { type: 'email' },
          sum: { type: 'money', scale: 2 },
          flag: { type: 'boolean' },
          grown: { type: 'formula', returns: 'integer', expression: 'record.whole + 1' },
        },
      }),
    )
    await insert('deal', {
      whole: 7,
      stars: 4,
      exact: '1.25',
      day: '2026-11-22',
      colour: 'red',
      mail: 'a@b.c',
      sum: '9.99',
      sum__currency: 'EUR',
      flag: true,
    })
    const after = modelOf({
      deal: {
        whole: { type: 'decimal', scale: 3, indexed: true },
        stars: integer,
        exact: { type: 'decimal', scale: 6 },
        day: { type: 'datetime' },
        colour: { type: 'choices', choices: { red: {}, blue: {} } },
        mail: { type: 'long_text' },
        sum: { type: 'money', scale: 4 },
        flag: text,
        grown: { type: 'formula', returns: 'decimal', expression: 'record.whole + 1' },
      },
    })
    const { plan } = await publish(after)
    expect(plan.steps.filter((step) => step.action === 'retype_column').length).toBeGreaterThan(5)
    const [row] = await all(
      'deal',
      'whole',
      'stars',
      'exact',
      'day',
      'colour',
      'mail',
      'sum',
      'flag',
      'grown',
    )
    expect(row).toMatchObject({
      whole: '7.000',
      stars: 4,
      exact: '1.250000',
      day: '2026-11-22T00:00:00.000Z',
      colour: ['red'],
      mail: 'a@b.c',
      sum: '9.9900',
      flag: 'true',
    })
    expect(Number((row as { grown: string }).grown)).toBe(8)
    await expectSound(after)
  })

  it.each([
    ['a text that is no number', text, integer],
    ['a moment cut to a day', { type: 'datetime' }, date],
    ['money without its currency', money, decimal],
    ['a text of any form', text, { type: 'email' }],
  ])('refuses to lose %s', async (_name, before, after) => {
    await publish(modelOf({ deal: { value: before } }))
    await insert('deal', { title: 'A' })
    const error = await refusal(publish(modelOf({ deal: { value: after } })))
    expect(error.code).toBe('impossible')
    expect(error.message).toContain('"deal.value" cannot turn from')
    expect(error.message).toContain('Declare a new field')
  })

  it('refuses values that would not fit, naming them', async () => {
    await publish(modelOf({ deal: { size: { type: 'decimal', scale: 4 }, kind: text } }))
    await insert('deal', { size: '1.2345', kind: 'odd' })
    const choices = { big: {}, small: {} }
    const error = await refusal(
      publish(modelOf({ deal: { size: { type: 'decimal', scale: 2 }, kind: { type: 'choice', choices } } })),
    )
    expect(error.message).toContain('"1.2345" (1 records)')
    expect(error.message).toContain('"odd" (1 records)')
    const sql = await records()
    await sql`update deal set size = 1.23, kind = 'big'`
    await publish(
      modelOf({ deal: { size: { type: 'decimal', scale: 2 }, kind: { type: 'choice', choices } } }),
    )
    expect(await all('deal', 'size', 'kind')).toEqual([{ size: '1.23', kind: 'big' }])
  })

  it('turns a formula into a stored field that keeps its values: the way from any type to any other', async () => {
    await publish(modelOf({ deal: { code: text } }))
    await insert('deal', { code: '42' })
    const formula = { type: 'formula', returns: 'integer', expression: 'int(record.code)' }
    await publish(modelOf({ deal: { code: text, number: formula } }))
    const after = modelOf({ deal: { code: text, number: integer } })
    await publish(after)
    expect(await all('deal', 'code', 'number')).toEqual([{ code: '42', number: 42 }])
    await insert('deal', { code: 'x', number: 5 })
    await expectSound(after)
  })
})

describe('what takes values away', () => {
  it('is refused without consent, naming how many values are at stake', async () => {
    await publish(modelOf({ deal: { amount: money, note: text } }))
    await insert('deal', { amount: '5', amount__currency: 'EUR' })
    await insert('deal', { amount: '6', amount__currency: 'EUR' })
    await insert('deal', {})
    const error = await refusal(publish(modelOf({ deal: { note: text } })))
    expect(error.code).toBe('needs_consent')
    expect(error.message).toContain('deal.amount: 2 at stake')
    expect(error.message).toContain('--allow-retire deal.amount')
    expect(error.plan?.steps).toMatchObject([{ action: 'retire_column', valuesAtStake: 2, rows: 3 }])
  })

  it('needs no consent where there is no value', async () => {
    await publish(modelOf({ deal: { note: text } }))
    await insert('deal', { title: 'A' })
    expect(await publish(modelOf({ deal: {} }))).toMatchObject({ isNew: true })
  })

  it('retires a field and restores it with its values', async () => {
    const before = modelOf({
      account: {},
      deal: {
        amount: { ...money, indexed: true },
        code: { type: 'text', unique: true },
        account: { type: 'reference', to: 'account' },
        friends: { type: 'references', to: 'account' },
      },
    })
    await publish(before)
    const account = await insert('account', { title: 'Ada' })
    const deal = await insert('deal', { amount: '5', amount__currency: 'EUR', code: 'x', account })
    const sql = await records()
    await sql`insert into deal__friends (record, target) values (${deal}, ${account})`
    const without = modelOf({ account: {}, deal: {} })
    const allowRetire = ['deal.amount', 'deal.code', 'deal.account', 'deal.friends']
    await publish(without, { allowRetire })
    await expectSound(without)
    await expect(all('deal', 'amount')).rejects.toMatchObject({ code: '42703' })
    const { plan } = await publish(before)
    expect(plan.steps.map((step) => step.action)).toContain('restore_column')
    expect(await all('deal', 'amount', 'amount__currency', 'code', 'account')).toEqual([
      { amount: '5.0000', amount__currency: 'EUR', code: 'x', account },
    ])
    expect(await all('deal__friends', 'record', 'target')).toEqual([{ record: deal, target: account }])
    await expectSound(before)
  })

  it('retires an object and restores it with its records, under another declaration', async () => {
    const before = modelOf({
      account: {},
      deal: {
        size: integer,
        note: text,
        account: { type: 'reference', to: 'account' },
        friends: { type: 'references', to: 'account' },
      },
    })
    await publish(before)
    const account = await insert('account', { title: 'Ada' })
    const deal = await insert('deal', { title: 'A', size: 1, note: 'kept', account })
    const sql = await records()
    await sql`insert into deal__friends (record, target) values (${deal}, ${account})`
    const error = await refusal(publish(modelOf({ account: {} })))
    expect(error.message).toContain('deal: 1 at stake')
    await publish(modelOf({ account: {} }), { allowRetire: ['deal'] })
    await expect(all('deal', 'title')).rejects.toMatchObject({ code: '42P01' })
    const after = modelOf({
      account: {},
      deal: {
        size: decimal,
        note: { ...text, indexed: true },
        account: { type: 'reference', to: 'account' },
        friends: { type: 'references', to: 'account' },
      },
    })
    await publish(after)
    expect(await all('deal', 'title', 'size', 'note', 'account')).toEqual([
      { title: 'A', size: '1.00', note: 'kept', account },
    ])
    expect(await all('deal__friends', 'record')).toEqual([{ record: deal }])
    await expectSound(after)
  })

  it('keeps values aside when the name comes back with another type', async () => {
    await publish(modelOf({ deal: { value: text } }))
    await insert('deal', { value: 'words' })
    await publish(modelOf({ deal: {} }), { allowRetire: ['deal.value'] })
    const { plan } = await publish(modelOf({ deal: { value: integer } }))
    expect(plan.steps[0]?.title).toContain('stay in retirement')
    expect(await all('deal', 'value')).toEqual([{ value: null }])
    await publish(modelOf({ deal: {} }))
    await publish(modelOf({ deal: { value: text } }))
    expect(await all('deal', 'value')).toEqual([{ value: 'words' }])
  })

  it('restores a field after its object was renamed', async () => {
    await publish(modelOf({ deal: { note: text } }))
    await insert('deal', { note: 'kept' })
    await publish(modelOf({ deal: {} }), { allowRetire: ['deal.note'] })
    await publish(modelOf({ sale: { formerly: 'deal', fields: {} } }))
    await publish(modelOf({ sale: { note: text } }))
    expect(await all('sale', 'note')).toEqual([{ note: 'kept' }])
  })
})

describe('unique indexes on tables with rows', () => {
  it('are built, and then hold', async () => {
    await publish(modelOf({ deal: { code: text } }))
    await insert('deal', { code: 'a' })
    await insert('deal', { code: null })
    await insert('deal', { code: null })
    const after = modelOf({ deal: { code: { ...text, unique: true } } })
    await publish(after)
    await expectSound(after)
    await expect(insert('deal', { code: 'a' })).rejects.toMatchObject({ code: '23505' })
  })

  it('are refused on duplicates, which are named, and leave nothing behind', async () => {
    const before = modelOf({ deal: { code: text, region: text } })
    await publish(before)
    for (const code of ['a', 'a', 'a', 'b', 'b', 'c']) await insert('deal', { code, region: 'north' })
    const unique = await refusal(
      publish(modelOf({ deal: { code: { ...text, unique: true }, region: text } })),
    )
    expect(unique.message).toContain('"a" (3 records), "b" (2 records)')
    const key = await refusal(
      publish(
        modelOf({
          deal: { fields: { code: text, region: text }, keys: { both: { fields: ['region', 'code'] } } },
        }),
      ),
    )
    expect(key.message).toContain('"north, a" (3 records)')
    await expectSound(before)
  })

  it('leave the old version served when a duplicate comes in while they are built', async () => {
    const before = modelOf({ deal: { code: text } })
    await publish(before)
    await insert('deal', { code: 'a' })
    const attempt = publish(modelOf({ deal: { code: { ...text, unique: true } } }), {
      progress: async (message) => {
        if (message.startsWith('Build')) await insert('deal', { code: 'a' })
      },
    })
    await expect(attempt).rejects.toMatchObject({ code: '23505' })
    await expectSound(before)
  })
})

describe('roll-ups', () => {
  const account = (where?: string) => ({
    deals: { type: 'rollup', of: 'deal.account', function: 'count', returns: 'integer' },
    total: {
      type: 'rollup',
      of: 'deal.account',
      function: 'sum',
      field: 'amount',
      returns: 'money',
      ...(where === undefined ? {} : { where }),
    },
    largest: { type: 'rollup', of: 'deal.account', function: 'maximum', field: 'size', returns: 'integer' },
  })
  const deal = { account: { type: 'reference', to: 'account' }, amount: money, size: integer }

  it('are computed for the records that exist, and again when their declaration changes', async () => {
    await publish(modelOf({ account: {}, deal }))
    const ada = await insert('account', { title: 'Ada' })
    await insert('account', { title: 'Bob' })
    await insert('deal', { account: ada, amount: '5', amount__currency: 'EUR', size: 1 })
    await insert('deal', { account: ada, amount: '7', amount__currency: 'EUR', size: 4 })
    await insert('deal', { account: ada, amount: '9', amount__currency: 'EUR', deleted_at: new Date() })
    const first = modelOf({ account: account(), deal })
    const { plan } = await publish(first)
    expect(plan.steps.filter((step) => step.action === 'fill_rollup').map((step) => step.phase)).toContain(
      'prepare',
    )
    expect(await all('account', 'title', 'deals', 'total', 'total__currency', 'largest')).toEqual([
      {
        title: 'Ada',
        deals: 2,
        total: expect.stringMatching(/^12(\.0+)?$/),
        total__currency: 'EUR',
        largest: 4,
      },
      { title: 'Bob', deals: 0, total: null, total__currency: null, largest: null },
    ])
    await expectSound(first)
    const second = modelOf({ account: account('record.size > 2'), deal })
    await publish(second)
    expect(await all('account', 'title', 'total')).toEqual([
      { title: 'Ada', total: expect.stringMatching(/^7(\.0+)?$/) },
      { title: 'Bob', total: null },
    ])
    await expectSound(second)
  })

  it('count what was written while they were computed', async () => {
    await publish(modelOf({ account: {}, deal }))
    const ada = await insert('account', { title: 'Ada' })
    await insert('deal', { account: ada, size: 1 })
    await publish(modelOf({ account: account(), deal }), {
      progress: async (message) => {
        if (/^(Compute .* exist|Switch|Version)/.test(message))
          await insert('deal', { account: ada, size: 2 })
      },
    })
    const [row] = (await all('account', 'deals')) as { deals: number }[]
    const [deals] = await (await records())`select count(*)::int as count from deal`
    expect(deals?.count).toBeGreaterThan(2)
    expect(row?.deals).toBe(deals?.count)
  })
})
