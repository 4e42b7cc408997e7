import { describe, expect, test } from 'vitest'
import { codeOf, company, usd } from './company.ts'

const { seller, manager, operations } = await company()

describe('prices', () => {
  test('a price book gives its price, and only its own prices fit', async () => {
    const product = await operations.create('product', { name: 'Gateway', list_price: usd('500') })
    const [book, other] = await Promise.all(
      ['Standard', 'Other'].map((name) => operations.create('price_book', { name })),
    )
    const prices = await Promise.all(
      [book, other].map((of) =>
        operations.create('price_book_entry', {
          price_book: of!.id,
          product: product.id,
          unit_price: usd('450'),
          minimum_quantity: '5',
          allowed_discount: '15',
        }),
      ),
    )
    const account = await seller.create('account', { name: 'Northmere' })
    const quote = (price: unknown, quantity: string) =>
      seller.create('quote', {
        account: account.id,
        price_book: book!.id,
        lines: [{ product: product.id, price, quantity }],
      })
    const made = await quote(prices[0]!.id, '5')
    expect(await seller.get('quote', made.id)).toMatchObject({
      currency: 'USD',
      lines: [{ unit_price: usd('450'), allowed_discount: '15', excess_discount: '-15' }],
    })
    expect(await codeOf(quote(prices[1]!.id, '5'))).toBe('validation')
    expect(await codeOf(quote(prices[0]!.id, '4'))).toBe('validation')
    expect(await operations.get('price_book_entry', prices[0]!.id)).toMatchObject({
      name: 'Gateway · Standard',
    })
  })

  test('the price book of key accounts is not for everybody', async () => {
    const book = await operations.create('price_book', { name: 'Key', segment: 'key_accounts' })
    const account = await seller.create('account', { name: 'Halvorsen' })
    expect(await codeOf(seller.create('quote', { account: account.id, price_book: book.id }))).toBe(
      'validation',
    )
    expect(await codeOf(seller.update('account', account.id, { level: 'a' }))).not.toBe('accepted')
    await manager.update('account', account.id, { level: 'a' })
    expect(await codeOf(seller.create('quote', { account: account.id, price_book: book.id }))).toBe(
      'accepted',
    )
  })
})
