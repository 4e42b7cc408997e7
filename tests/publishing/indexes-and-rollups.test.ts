import { beforeEach, describe, expect, it } from 'vitest'
import { freshDatabase } from '../harness/fresh-database.ts'
import { integer, modelOf, money, text } from './declarations.ts'
import { tenantUnderTest } from './tenant-under-test.ts'

const { newTenant, all, expectSound, insert, publish, records, refusal } = tenantUnderTest(
  await freshDatabase(),
)

beforeEach(newTenant)

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

it('asks the write path to fill in the searched words when other fields are searched', async () => {
  const searched = (search: string[]) => modelOf({ deal: { fields: { note: text }, search } })
  await publish(searched(['title']))
  await insert('deal', { note: 'words' })
  const { plan } = await publish(searched(['title', 'note']))
  expect(plan.steps).toMatchObject([{ action: 'fill_search', subject: 'deal', rows: 1 }])
  const filled: string[] = []
  const fillSearch = async ({ name }: { name: string }) => void filled.push(name)
  await publish(searched(['note']))
  await publish(searched(['note']), { fillSearch })
  await publish(searched(['note']), { fillSearch })
  // Once for each of the two versions that were published without the write path at hand.
  expect(filled).toEqual(['deal', 'deal'])
})
