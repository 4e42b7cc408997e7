import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { freshDatabase } from '../harness/fresh-database.ts'
import { date, decimal, integer, modelOf, money, text } from './declarations.ts'
import { tenantUnderTest } from './tenant-under-test.ts'

const { newTenant, all, expectSound, insert, publish, records, refusal } = tenantUnderTest(
  await freshDatabase(),
)

beforeEach(newTenant)

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
