import { beforeAll, expect, it } from 'vitest'
import { company, usd } from './company.ts'

const { administrator, seller } = await company()

beforeAll(async () => {
  await seller.create('lead', { name: '林晓', company: '澄远科技', email: 'lin@chengyuan.example' })
  const account = await seller.create('account', { name: 'Acme' })
  const deal = { title: 'Sensors', account: account.id, amount: usd('850') }
  const opportunity = await seller.create('opportunity', deal)
  await seller.create('quote', { title: 'Sensors', account: account.id, opportunity: opportunity.id })
})

it.each(['stuck', 'failed', 'late', 'left'] as const)(
  'operators find none of the processes %s that have just begun',
  async (trouble) => {
    const { items, places } = await administrator.operated(trouble)
    expect(items).toEqual([])
    expect(places.map(({ process }) => process)).toEqual(
      expect.arrayContaining(['lead_qualification', 'sales_pipeline', 'quote_approval']),
    )
    expect(places.filter(({ counts }) => counts.active === 0 || counts[trouble] > 0)).toEqual([])
  },
)
