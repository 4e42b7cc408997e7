import { beforeAll, describe, expect, test } from 'vitest'
import { codeOf, company, usd, type Values } from './company.ts'

const { seller, colleague, stranger, manager, operations } = await company()

describe('from a lead to an order', () => {
  let lead: Values
  let product: Values
  let opportunity: Values

  beforeAll(async () => {
    product = await operations.create('product', { name: 'Sensor', list_price: usd('100'), cost: usd('40') })
    lead = await seller.create('lead', {
      name: '林晓',
      company: '澄远科技',
      email: 'lin@chengyuan.example',
      budget: usd('60000'),
    })
  })

  test('a new lead is numbered, scored, owned, and waits for a first contact', async () => {
    expect(await seller.get('lead', lead.id)).toMatchObject({
      number: 'L-000001',
      status: 'new',
      owner: seller.id,
      score: 50,
    })
    const work = await seller.work()
    expect(work.map(({ kind, record }) => [kind, record.id])).toEqual([['task', lead.id]])
  })

  test('a colleague sees the lead and may take it over, somebody of another team does not see it', async () => {
    expect(await colleague.get('lead', lead.id)).toMatchObject({ name: '林晓' })
    expect(await codeOf(colleague.update('lead', lead.id, { name: 'X' }))).toBe('forbidden')
    expect(await codeOf(stranger.get('lead', lead.id))).toBe('not_found')
    await colleague.send('lead', lead.id, 'take_over')
    expect(await seller.get('lead', lead.id)).toMatchObject({ owner: colleague.id })
    await manager.send('lead', lead.id, 'assign', { new_owner: seller.id })
    expect(await codeOf(colleague.send('lead', lead.id, 'start_work'))).toBe('forbidden')
  })

  test('qualified and converted, it becomes an account, a contact and an opportunity', async () => {
    await seller.send('lead', lead.id, 'start_work')
    expect(await codeOf(seller.send('lead', lead.id, 'convert'))).toBe('event_refused')
    await seller.send('lead', lead.id, 'qualify', {
      need: '冷链监测',
      timeframe: 'this_quarter',
      rating: 'hot',
      is_decision_maker: true,
    })
    expect(await seller.get('lead', lead.id)).toMatchObject({
      status: 'qualified',
      score: 90,
      budget: usd('60000'),
    })
    const { created } = await seller.send('lead', lead.id, 'convert', { product: product.id })
    expect(created.map(({ object }) => object)).toEqual(['account', 'contact', 'opportunity'])
    const converted = await seller.get('lead', lead.id)
    expect(converted).toMatchObject({
      status: 'converted',
      converted_account: created[0]!.id,
      opportunity: created[2]!.id,
    })
    expect(await seller.get('contact', created[1]!.id)).toMatchObject({
      name: '林晓',
      account: created[0]!.id,
      buying_role: 'decision_maker',
    })
    opportunity = await seller.get('opportunity', created[2]!.id)
    expect(opportunity).toMatchObject({
      title: '澄远科技',
      stage: 'prospecting',
      owner: seller.id,
      amount: usd('60000'),
      expected_revenue: usd('6000'),
    })
    expect(await codeOf(seller.update('lead', lead.id, { name: 'X' }))).toBe('forbidden')
  })

  test('a second lead of the same company joins the account that is there', async () => {
    const second = await seller.create('lead', {
      name: '陈嘉怡',
      company: '澄远科技',
      phone: '+86 21 5555 0001',
    })
    await seller.send('lead', second.id, 'start_work')
    await seller.send('lead', second.id, 'qualify', { need: '扩容', timeframe: 'later', rating: 'warm' })
    const { created } = await seller.send('lead', second.id, 'convert', {
      account: opportunity.account,
      create_opportunity: false,
    })
    expect(created.map(({ object }) => object)).toEqual(['contact'])
    expect(await seller.get('account', opportunity.account)).toMatchObject({
      contact_count: 2,
      open_opportunities: 1,
      open_amount: usd('60000'),
    })
  })

  test('the pipeline is walked by events alone', async () => {
    expect(await codeOf(seller.update('opportunity', opportunity.id, { stage: 'won' }))).not.toBe('accepted')
    await seller.send('opportunity', opportunity.id, 'engage')
    expect(await codeOf(seller.send('opportunity', opportunity.id, 'propose', { amount: null }))).toBe(
      'validation',
    )
    await seller.send('opportunity', opportunity.id, 'propose', {
      amount: usd('50000'),
      expected_close_on: '2026-12-31',
    })
    expect(await seller.get('opportunity', opportunity.id)).toMatchObject({
      stage: 'proposal',
      engaged_on: '2026-11-22',
      chance: '50',
      expected_revenue: usd('25000'),
    })
  })

  test('a quote within the limits needs nobody, one with a bold discount needs a manager', async () => {
    const small = await seller.create('quote', {
      opportunity: opportunity.id,
      lines: [{ product: product.id, quantity: '2', discount: '10' }],
    })
    expect(await seller.get('quote', small.id)).toMatchObject({
      number: 'Q-2026-00001',
      account: opportunity.account,
      net_total: usd('180'),
      discount_share: '10',
      valid_until: '2026-12-22',
    })
    await seller.send('quote', small.id, 'submit')
    expect(await seller.get('quote', small.id)).toMatchObject({
      status: 'approved',
      approved_by: seller.id,
    })
    const bold = await seller.create('quote', {
      opportunity: opportunity.id,
      lines: [{ product: product.id, discount: '10.5' }],
    })
    await seller.send('quote', bold.id, 'submit')
    expect(await seller.get('quote', bold.id)).toMatchObject({ status: 'in_approval' })
  })

  test('a price below the list counts as a discount', async () => {
    const quote = await seller.create('quote', {
      opportunity: opportunity.id,
      lines: [{ product: product.id, unit_price: usd('80') }],
    })
    await seller.send('quote', quote.id, 'submit')
    expect(await seller.get('quote', quote.id)).toMatchObject({
      status: 'in_approval',
      excess_discount: '10',
      discount_share: '20',
    })
  })

  test('approved by a manager, sent and accepted, it becomes an order with its lines and wins the deal', async () => {
    const lines = [
      { product: product.id, quantity: '600', discount: '5' },
      { product: product.id, description: 'Spare', quantity: '1.5' },
    ]
    const quote = await seller.create('quote', { opportunity: opportunity.id, tax_rate: '13', lines })
    expect(await seller.get('quote', quote.id)).toMatchObject({
      net_total: usd('57150'),
      tax: usd('7429.5'),
      total: usd('64579.5'),
    })
    await seller.send('quote', quote.id, 'submit')
    expect(await codeOf(seller.update('quote', quote.id, { title: 'X' }))).toBe('forbidden')
    expect(await codeOf(seller.decide(quote.id, 'approved'))).toBe('not_found')
    await manager.decide(quote.id, 'rejected')
    await seller.send('quote', quote.id, 'revise')
    await seller.send('quote', quote.id, 'submit')
    await manager.decide(quote.id, 'approved')
    expect(await seller.get('quote', quote.id)).toMatchObject({
      status: 'approved',
      approved_by: manager.id,
    })
    await seller.send('quote', quote.id, 'send')
    expect(await codeOf(colleague.send('quote', quote.id, 'accept'))).toBe('event_refused')
    const { created } = await seller.send('quote', quote.id, 'accept', { customer_reference: 'PO-7' })
    const order = await seller.get('sales_order', created[0]!.id)
    expect(order).toMatchObject({
      number: 'SO-2026-00001',
      status: 'draft',
      owner: seller.id,
      quote: quote.id,
      customer_reference: 'PO-7',
      total: usd('64579.5'),
      open_quantity: '601.5',
      lines: [{ quantity: '600', discount: '5', net_amount: usd('57000') }, { description: 'Spare' }],
    })
    expect(await seller.get('opportunity', opportunity.id)).toMatchObject({
      stage: 'won',
      close_value: usd('57150'),
    })
    expect(await seller.get('account', opportunity.account)).toMatchObject({
      type: 'customer',
      won_amount: usd('57150'),
      open_opportunities: 0,
      order_count: 1,
    })
  })

  test('the order is confirmed and delivered by those who may', async () => {
    const rows = await operations.list('sales_order')
    const id = rows[0]!.id
    expect(await codeOf(seller.send('sales_order', id, 'confirm'))).toBe('forbidden')
    await manager.send('sales_order', id, 'confirm')
    expect(await codeOf(operations.send('sales_order', id, 'deliver'))).toBe('event_refused')
    const { lines } = (await operations.get('sales_order', id)) as {
      lines: { id: string; quantity: string }[]
    }
    const more = lines.map((line) => ({ id: line.id, quantity: '700' }))
    expect(await codeOf(operations.update('sales_order', id, { lines: more }))).toBe('validation')
    await operations.update('sales_order', id, {
      lines: lines.map((line, at) => ({ id: line.id, delivered_quantity: at === 0 ? '100' : '0' })),
    })
    await operations.send('sales_order', id, 'deliver')
    expect(await seller.get('sales_order', id)).toMatchObject({
      status: 'open.delivery.partly_delivered',
      payment_status: 'not_due',
      open_quantity: '501.5',
    })
    await operations.update('sales_order', id, {
      lines: lines.map((line) => ({ id: line.id, delivered_quantity: line.quantity })),
    })
    await operations.send('sales_order', id, 'deliver')
    expect(await seller.get('sales_order', id)).toMatchObject({
      status: 'open.delivery.delivered',
      delivered_on: '2026-11-22',
      fulfilled_on: null,
    })
  })

  test('it is invoiced when all is delivered, and fulfilled when all is paid', async () => {
    const rows = await operations.list('sales_order')
    const id = rows[0]!.id
    await operations.decide(id, 'done')
    expect(await seller.get('sales_order', id)).toMatchObject({
      payment_status: 'invoiced',
      invoice_number: 'INV-SO-2026-00001',
      payment_due_on: '2026-12-22',
    })
    await operations.send('sales_order', id, 'record_payment', { amount: usd('50000') })
    expect(await codeOf(seller.send('sales_order', id, 'record_payment'))).toBe('forbidden')
    await operations.send('sales_order', id, 'record_payment')
    const paid = await seller.get('sales_order', id)
    expect(paid).toMatchObject({
      status: 'fulfilled',
      payment_status: 'paid',
      fulfilled_on: '2026-11-22',
      paid_total: usd('64579.5'),
      payments: [{ amount: usd('50000') }, { amount: usd('14579.5') }],
    })
  })

  test('a deal that is won is closed for its seller and may be reopened by a manager', async () => {
    expect(await codeOf(seller.update('opportunity', opportunity.id, { next_step: 'X' }))).toBe('forbidden')
    expect(await codeOf(seller.send('opportunity', opportunity.id, 'reopen', { reason: 'X' }))).toBe(
      'forbidden',
    )
    await manager.send('opportunity', opportunity.id, 'reopen', { reason: 'The customer added a site.' })
    expect(await seller.get('opportunity', opportunity.id)).toMatchObject({
      stage: 'negotiation',
      close_value: null,
      closed_on: null,
    })
  })
})
