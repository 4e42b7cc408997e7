import { beforeAll, describe, expect, test } from 'vitest'
import type { Principal } from '../../platform/access/principal.ts'
import { completeWorkItem, listWorkItems, sendEvent } from '../../platform/processes/index.ts'
import { createRecord, getRecord, listRecords, updateRecord } from '../../platform/records/index.ts'
import { freshDatabase } from '../harness/fresh-database.ts'
import { testTenant } from '../harness/tenant.ts'
import { shippedModel } from './shipped-packages.ts'

const tenant = await testTenant(await freshDatabase(), shippedModel().documents)
let seller: Principal
let colleague: Principal
let stranger: Principal
let manager: Principal
let operations: Principal

type Values = Readonly<Record<string, unknown>>

beforeAll(async () => {
  operations = await tenant.person('Operations', { roles: ['operations'] })
  const administrator = await tenant.person('Administrator', { roles: ['administrator'] })
  const create = (name: string) =>
    tenant.write(administrator, (unit) => createRecord(unit, { object: 'team', values: { name } }))
  const [east, west] = [String((await create('East')).id), String((await create('West')).id)]
  manager = await tenant.person('Manager', { roles: ['sales_manager'], team: east })
  seller = await tenant.person('Seller', { roles: ['seller'], team: east })
  colleague = await tenant.person('Colleague', { roles: ['seller'], team: east })
  stranger = await tenant.person('Stranger', { roles: ['seller'], team: west })
})

const create = (by: Principal, object: string, values: Values) =>
  tenant.write(by, (unit) => createRecord(unit, { object, values }))
const update = (by: Principal, object: string, id: unknown, values: Values) =>
  tenant.write(by, (unit) => updateRecord(unit, { object, id: String(id), values }))
const get = (by: Principal, object: string, id: unknown) =>
  tenant.read(by, (unit) => getRecord(unit, { object, id: String(id) }))
const send = (by: Principal, object: string, id: unknown, event: string, values: Values = {}) =>
  tenant.write(by, (unit) => sendEvent(unit, { object, id: String(id), event, values }))
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'accepted',
    (error: { code: string }) => error.code,
  )
const usd = (amount: string) => ({ amount, currency: 'USD' })

async function decide(by: Principal, record: unknown, outcome: string): Promise<void> {
  await tenant.write(by, async (unit) => {
    const [item] = await listWorkItems(unit, { record: String(record) })
    await completeWorkItem(unit, { id: item!.id, outcome })
  })
}

describe('from a lead to an order', () => {
  let lead: Values
  let product: Values
  let opportunity: Values

  beforeAll(async () => {
    product = await create(operations, 'product', { name: 'Sensor', list_price: usd('100'), cost: usd('40') })
    lead = await create(seller, 'lead', {
      name: '林晓',
      company: '澄远科技',
      email: 'lin@chengyuan.example',
      budget: usd('60000'),
    })
  })

  test('a new lead is numbered, scored, owned, and waits for a first contact', async () => {
    expect(await get(seller, 'lead', lead.id)).toMatchObject({
      number: 'L-000001',
      status: 'new',
      owner: seller.userId,
      score: 50,
    })
    const work = await tenant.read(seller, (unit) => listWorkItems(unit))
    expect(work.map(({ kind, record }) => [kind, record.id])).toEqual([['task', lead.id]])
  })

  test('a colleague sees the lead and may take it over, somebody of another team does not see it', async () => {
    expect(await get(colleague, 'lead', lead.id)).toMatchObject({ name: '林晓' })
    expect(await codeOf(update(colleague, 'lead', lead.id, { name: 'X' }))).toBe('forbidden')
    expect(await codeOf(get(stranger, 'lead', lead.id))).toBe('not_found')
    await send(colleague, 'lead', lead.id, 'take_over')
    expect(await get(seller, 'lead', lead.id)).toMatchObject({ owner: colleague.userId })
    await send(manager, 'lead', lead.id, 'assign', { new_owner: seller.userId })
    expect(await codeOf(send(colleague, 'lead', lead.id, 'start_work'))).toBe('forbidden')
  })

  test('qualified and converted, it becomes an account, a contact and an opportunity', async () => {
    await send(seller, 'lead', lead.id, 'start_work')
    expect(await codeOf(send(seller, 'lead', lead.id, 'convert'))).toBe('event_refused')
    await send(seller, 'lead', lead.id, 'qualify', {
      need: '冷链监测',
      timeframe: 'this_quarter',
      rating: 'hot',
      is_decision_maker: true,
    })
    expect(await get(seller, 'lead', lead.id)).toMatchObject({
      status: 'qualified',
      score: 90,
      budget: usd('60000'),
    })
    const { created } = await send(seller, 'lead', lead.id, 'convert', { product: product.id })
    expect(created.map(({ object }) => object)).toEqual(['account', 'contact', 'opportunity'])
    const converted = await get(seller, 'lead', lead.id)
    expect(converted).toMatchObject({
      status: 'converted',
      converted_account: created[0]!.id,
      opportunity: created[2]!.id,
    })
    expect(await get(seller, 'contact', created[1]!.id)).toMatchObject({
      name: '林晓',
      account: created[0]!.id,
      buying_role: 'decision_maker',
    })
    opportunity = await get(seller, 'opportunity', created[2]!.id)
    expect(opportunity).toMatchObject({
      title: '澄远科技',
      stage: 'prospecting',
      owner: seller.userId,
      amount: usd('60000'),
      expected_revenue: usd('6000'),
    })
    expect(await codeOf(update(seller, 'lead', lead.id, { name: 'X' }))).toBe('forbidden')
  })

  test('a second lead of the same company joins the account that is there', async () => {
    const second = await create(seller, 'lead', {
      name: '陈嘉怡',
      company: '澄远科技',
      phone: '+86 21 5555 0001',
    })
    await send(seller, 'lead', second.id, 'start_work')
    await send(seller, 'lead', second.id, 'qualify', { need: '扩容', timeframe: 'later', rating: 'warm' })
    const { created } = await send(seller, 'lead', second.id, 'convert', {
      account: opportunity.account,
      create_opportunity: false,
    })
    expect(created.map(({ object }) => object)).toEqual(['contact'])
    expect(await get(seller, 'account', opportunity.account)).toMatchObject({
      contact_count: 2,
      open_opportunities: 1,
      open_amount: usd('60000'),
    })
  })

  test('the pipeline is walked by events alone', async () => {
    expect(await codeOf(update(seller, 'opportunity', opportunity.id, { stage: 'won' }))).not.toBe('accepted')
    await send(seller, 'opportunity', opportunity.id, 'engage')
    expect(await codeOf(send(seller, 'opportunity', opportunity.id, 'propose', { amount: null }))).toBe(
      'validation',
    )
    await send(seller, 'opportunity', opportunity.id, 'propose', {
      amount: usd('50000'),
      expected_close_on: '2026-12-31',
    })
    expect(await get(seller, 'opportunity', opportunity.id)).toMatchObject({
      stage: 'proposal',
      engaged_on: '2026-11-22',
      chance: '50',
      expected_revenue: usd('25000'),
    })
  })

  test('a quote within the limits needs nobody, one with a bold discount needs a manager', async () => {
    const small = await create(seller, 'quote', {
      opportunity: opportunity.id,
      lines: [{ product: product.id, quantity: '2', discount: '10' }],
    })
    expect(await get(seller, 'quote', small.id)).toMatchObject({
      number: 'Q-2026-00001',
      account: opportunity.account,
      net_total: usd('180'),
      discount_share: '10',
      valid_until: '2026-12-22',
    })
    await send(seller, 'quote', small.id, 'submit')
    expect(await get(seller, 'quote', small.id)).toMatchObject({
      status: 'approved',
      approved_by: seller.userId,
    })
    const bold = await create(seller, 'quote', {
      opportunity: opportunity.id,
      lines: [{ product: product.id, discount: '10.5' }],
    })
    await send(seller, 'quote', bold.id, 'submit')
    expect(await get(seller, 'quote', bold.id)).toMatchObject({ status: 'in_approval' })
  })

  test('a price below the list counts as a discount', async () => {
    const quote = await create(seller, 'quote', {
      opportunity: opportunity.id,
      lines: [{ product: product.id, unit_price: usd('80') }],
    })
    await send(seller, 'quote', quote.id, 'submit')
    expect(await get(seller, 'quote', quote.id)).toMatchObject({
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
    const quote = await create(seller, 'quote', { opportunity: opportunity.id, tax_rate: '13', lines })
    expect(await get(seller, 'quote', quote.id)).toMatchObject({
      net_total: usd('57150'),
      tax: usd('7429.5'),
      total: usd('64579.5'),
    })
    await send(seller, 'quote', quote.id, 'submit')
    expect(await codeOf(update(seller, 'quote', quote.id, { title: 'X' }))).toBe('forbidden')
    expect(await codeOf(decide(seller, quote.id, 'approved'))).toBe('not_found')
    await decide(manager, quote.id, 'rejected')
    await send(seller, 'quote', quote.id, 'revise')
    await send(seller, 'quote', quote.id, 'submit')
    await decide(manager, quote.id, 'approved')
    expect(await get(seller, 'quote', quote.id)).toMatchObject({
      status: 'approved',
      approved_by: manager.userId,
    })
    await send(seller, 'quote', quote.id, 'send')
    expect(await codeOf(send(colleague, 'quote', quote.id, 'accept'))).toBe('event_refused')
    const { created } = await send(seller, 'quote', quote.id, 'accept', { customer_reference: 'PO-7' })
    const order = await get(seller, 'sales_order', created[0]!.id)
    expect(order).toMatchObject({
      number: 'SO-2026-00001',
      status: 'draft',
      owner: seller.userId,
      quote: quote.id,
      customer_reference: 'PO-7',
      total: usd('64579.5'),
      open_quantity: '601.5',
      lines: [{ quantity: '600', discount: '5', net_amount: usd('57000') }, { description: 'Spare' }],
    })
    expect(await get(seller, 'opportunity', opportunity.id)).toMatchObject({
      stage: 'won',
      close_value: usd('57150'),
    })
    expect(await get(seller, 'account', opportunity.account)).toMatchObject({
      type: 'customer',
      won_amount: usd('57150'),
      open_opportunities: 0,
      order_count: 1,
    })
  })

  test('the order is confirmed and delivered by those who may', async () => {
    const { rows } = await tenant.read(operations, (unit) =>
      listRecords(unit, { object: 'sales_order', fields: ['id'] }),
    )
    const id = rows[0]!.id
    expect(await codeOf(send(seller, 'sales_order', id, 'confirm'))).toBe('forbidden')
    await send(manager, 'sales_order', id, 'confirm')
    expect(await codeOf(send(operations, 'sales_order', id, 'deliver'))).toBe('event_refused')
    const { lines } = (await get(operations, 'sales_order', id)) as {
      lines: { id: string; quantity: string }[]
    }
    const more = lines.map((line) => ({ id: line.id, quantity: '700' }))
    expect(await codeOf(update(operations, 'sales_order', id, { lines: more }))).toBe('validation')
    await update(operations, 'sales_order', id, {
      lines: lines.map((line, at) => ({ id: line.id, delivered_quantity: at === 0 ? '100' : '0' })),
    })
    await send(operations, 'sales_order', id, 'deliver')
    expect(await get(seller, 'sales_order', id)).toMatchObject({
      status: 'partly_delivered',
      open_quantity: '501.5',
    })
    await update(operations, 'sales_order', id, {
      lines: lines.map((line) => ({ id: line.id, delivered_quantity: line.quantity })),
    })
    await send(operations, 'sales_order', id, 'deliver')
    expect(await get(seller, 'sales_order', id)).toMatchObject({
      status: 'fulfilled',
      fulfilled_on: '2026-11-22',
    })
  })

  test('a deal that is won is closed for its seller and may be reopened by a manager', async () => {
    expect(await codeOf(update(seller, 'opportunity', opportunity.id, { next_step: 'X' }))).toBe('forbidden')
    expect(await codeOf(send(seller, 'opportunity', opportunity.id, 'reopen', { reason: 'X' }))).toBe(
      'forbidden',
    )
    await send(manager, 'opportunity', opportunity.id, 'reopen', { reason: 'The customer added a site.' })
    expect(await get(seller, 'opportunity', opportunity.id)).toMatchObject({
      stage: 'negotiation',
      close_value: null,
      closed_on: null,
    })
  })
})

describe('prices', () => {
  test('a price book gives its price, and only its own prices fit', async () => {
    const product = await create(operations, 'product', { name: 'Gateway', list_price: usd('500') })
    const [book, other] = await Promise.all(
      ['Standard', 'Other'].map((name) => create(operations, 'price_book', { name })),
    )
    const prices = await Promise.all(
      [book, other].map((of) =>
        create(operations, 'price_book_entry', {
          price_book: of!.id,
          product: product.id,
          unit_price: usd('450'),
          minimum_quantity: '5',
          allowed_discount: '15',
        }),
      ),
    )
    const account = await create(seller, 'account', { name: 'Northmere' })
    const quote = (price: unknown, quantity: string) =>
      create(seller, 'quote', {
        account: account.id,
        price_book: book!.id,
        lines: [{ product: product.id, price, quantity }],
      })
    const made = await quote(prices[0]!.id, '5')
    expect(await get(seller, 'quote', made.id)).toMatchObject({
      currency: 'USD',
      lines: [{ unit_price: usd('450'), allowed_discount: '15', excess_discount: '-15' }],
    })
    expect(await codeOf(quote(prices[1]!.id, '5'))).toBe('validation')
    expect(await codeOf(quote(prices[0]!.id, '4'))).toBe('validation')
    expect(await get(operations, 'price_book_entry', prices[0]!.id)).toMatchObject({
      name: 'Gateway · Standard',
    })
  })

  test('the price book of key accounts is not for everybody', async () => {
    const book = await create(operations, 'price_book', { name: 'Key', segment: 'key_accounts' })
    const account = await create(seller, 'account', { name: 'Halvorsen' })
    expect(await codeOf(create(seller, 'quote', { account: account.id, price_book: book.id }))).toBe(
      'validation',
    )
    expect(await codeOf(update(seller, 'account', account.id, { level: 'a' }))).not.toBe('accepted')
    await update(manager, 'account', account.id, { level: 'a' })
    expect(await codeOf(create(seller, 'quote', { account: account.id, price_book: book.id }))).toBe(
      'accepted',
    )
  })
})
