import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { launchBrowser } from '../harness/browser/launch-browser.ts'
import { administratorOf } from './administrator.ts'
import { companyDatabase } from './company-database.ts'
import { signedIn, type Person } from './person.ts'
import { serveCompany } from './serve-company.ts'

const database = await companyDatabase()
const company = await serveCompany(database, inject('interfaceFolder'))
const browser = await launchBrowser()
const { origin } = company
const { make, employ } = await administratorOf(company)

afterAll(async () => {
  await browser.close()
  await company.close()
})

describe('a lead becomes an order by clicking', () => {
  let seller: Person
  let manager: Person

  beforeAll(async () => {
    const team = await make('team', { name: 'Cold chain' })
    await employ({ name: 'Mia Chief', email: 'mia@example.com', roles: ['sales_manager'], team })
    await employ({ name: 'Sam Seller', email: 'sam@example.com', roles: ['seller'], team })
    await make('product', { name: 'Cold chain sensor', list_price: { amount: '100', currency: 'USD' } })
    await make('product', { name: 'Set-up on site', list_price: { amount: '400', currency: 'USD' } })
    seller = await signedIn(browser, { origin, email: 'sam@example.com' })
    manager = await signedIn(browser, { origin, email: 'mia@example.com' })
  })
  afterAll(async () => {
    await seller.close()
    await manager.close()
  })

  it('creates a lead, works on it, and converts it', async () => {
    const { page } = seller
    await seller.goTo('Leads')
    await seller.create('New Lead', async (form) => {
      await seller.fill('Name', 'Lin Xiao', form)
      await seller.fill('Company', 'Chengyuan Technology', form)
      await seller.fill('E-mail', 'lin@chengyuan.example', form)
    })
    await page.getByRole('heading', { name: 'Lin Xiao', level: 1 }).waitFor()
    await seller.standsAt('New')
    await seller.send('Start working')
    await seller.standsAt('Working')
    await seller.send('Qualify', async (form) => {
      await seller.fill('Need', 'Watch the cold chain', form)
      await seller.fill('Budget', '60000', form)
      await seller.pick('Wants to buy', 'This quarter', form)
      await seller.pick('Rating', 'Hot', form)
    })
    await seller.standsAt('Qualified')
    await seller.send('Convert', async (form) => {
      await seller.pick('Main product', 'Cold chain sensor', form)
    })
    await seller.standsAt('Converted')
    const outcome = page.getByRole('region', { name: 'Outcome' })
    await eventually(() => outcome.getByRole('link').allInnerTexts()).toEqual([
      'Chengyuan Technology',
      'Lin Xiao',
      'Chengyuan Technology',
    ])
  })

  it('leads the opportunity to a proposal', async () => {
    const { page } = seller
    await page.getByRole('region', { name: 'Outcome' }).getByRole('link').last().click()
    await seller.standsAt('Prospecting')
    await seller.send('Start talks', async () => undefined)
    await seller.standsAt('Engaging')
    await seller.send('Make a proposal', (form) => seller.fill('Amount', '50000', form))
    await seller.standsAt('Proposal')
    await page.getByRole('definition').filter({ hasText: '$50,000' }).first().waitFor()
  })

  it('makes a quote with two lines, whose discount takes the word of a manager', async () => {
    const { page } = seller
    await page.getByRole('region', { name: 'Quotes' }).getByRole('button', { name: 'New Quote' }).click()
    const form = page.getByRole('dialog', { name: 'New Quote' })
    await form.getByRole('button', { name: 'Add a line' }).click()
    await seller.pick('Product, line 1', 'Cold chain sensor', form)
    await seller.fill('Quantity, line 1', '600', form)
    await seller.fill('Discount, line 1', '20', form)
    await form.getByRole('button', { name: 'Add a line' }).click()
    await seller.pick('Product, line 2', 'Set-up on site', form)
    await seller.fill('Quantity, line 2', '2', form)
    await form.getByRole('button', { name: 'Create', exact: true }).last().click()
    await form.waitFor({ state: 'detached' })
    await page.getByRole('region', { name: 'Quotes' }).getByRole('link').first().click()
    await seller.standsAt('Draft')
    await eventually(() => money(page, 'Net total')).toBe('$48,800')
    await seller.send('Finish the quote')
    await seller.standsAt('In approval')
    expect(await page.getByRole('button', { name: 'Approve', exact: true }).count()).toBe(0)
  })

  it('is approved by the manager from My work', async () => {
    const { page } = manager
    await manager.goTo('My work')
    await page.getByRole('option', { name: /Approve the quote/ }).click()
    await page.getByRole('textbox', { name: 'Comment' }).fill('For a reference customer')
    await page.getByRole('button', { name: 'Approve', exact: true }).click()
    await page.getByRole('option', { name: /Approve the quote/ }).waitFor({ state: 'detached' })
  })

  it('is sent and accepted, and becomes an order with the same lines and totals', async () => {
    const { page } = seller
    await seller.standsAt('Approved')
    await seller.send('Mark as sent', async () => undefined)
    await seller.standsAt('Sent')
    await seller.send('Accepted by the customer', (form) =>
      seller.fill("Customer's order number", 'PO-7', form),
    )
    await seller.standsAt('Accepted')
    const timeline = page.getByRole('region', { name: 'Timeline' })
    for (const step of ['Finish the quote', 'Mark as sent', 'Accepted by the customer'])
      await timeline.getByText(`did “${step}”`).waitFor()
    await timeline.getByText('Mia Chief').first().waitFor()
    await page.getByRole('region', { name: 'Orders' }).getByRole('link').first().click()
    await seller.standsAt('Draft')
    const lines = [
      {
        Product: 'Cold chain sensor',
        Quantity: '600',
        'Unit price': '$100',
        Discount: '20%',
        Amount: '$48,000',
      },
      { Product: 'Set-up on site', Quantity: '2', 'Unit price': '$400', Discount: '0%', Amount: '$800' },
    ]
    await eventually(() => linesOf(page)).toEqual(lines)
    await eventually(() => money(page, 'Net total')).toBe('$48,800')
  })

  it('has won the opportunity', async () => {
    const { page } = seller
    await page.getByRole('main').getByRole('link', { name: 'Chengyuan Technology' }).first().click()
    await page.getByRole('region', { name: 'Opportunities' }).getByRole('link').first().click()
    await seller.standsAt('Won')
  })

  it('is all there in Chinese', async () => {
    const { page } = seller
    await seller.speak('简体中文')
    const links = page.getByRole('navigation', { name: '导航' }).getByRole('link')
    await links.first().waitFor()
    const names = await links.allInnerTexts()
    expect(names.length).toBeGreaterThan(5)
    expect(names.filter((name) => !/\p{Script=Han}/u.test(name))).toEqual([])
    await page.locator('[aria-current="step"]', { hasText: '赢单' }).waitFor()
    for (const [path, text] of [
      ['/o/opportunity?view=opportunity_board', '商机'],
      ['/o/quote?view=quote_all', '报价单号'],
      ['/work', '我的工作'],
    ] as const) {
      await seller.open(path)
      await page.getByText(text).first().waitFor()
      expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN')
      const headings = await page.getByRole('main').getByRole('heading').allInnerTexts()
      const columns = await page.getByRole('columnheader').allInnerTexts()
      const buttons = await page.getByRole('main').locator('.bar').getByRole('button').allInnerTexts()
      const english = [...headings, ...columns, ...buttons].filter((each) =>
        /^[\sA-Za-z]{3,}$/.test(each.trim()),
      )
      expect(english).toEqual([])
    }
  })
})

/** What is read once the page has caught up. */
function eventually<T>(read: () => Promise<T>) {
  return expect.poll(read, { timeout: 20_000 })
}

/** A sum as it is read among the totals of a record. */
async function money(page: Page, label: string): Promise<string> {
  const field = page
    .getByRole('region', { name: 'Totals' })
    .locator('.field')
    .filter({ has: page.getByText(label, { exact: true }) })
  return field.locator('.value').innerText()
}

/** The lines of a record as they are read. */
async function linesOf(page: Page): Promise<Record<string, string>[]> {
  const table = page.getByRole('group', { name: 'Lines' }).getByRole('table')
  const [header, ...rows] = (await table.locator('thead tr, tbody tr').allInnerTexts()).map((row) =>
    row.split('\t').map((cell) => cell.trim()),
  )
  return rows.map((row) =>
    Object.fromEntries(
      ['Product', 'Quantity', 'Unit price', 'Discount', 'Amount'].map((name) => [
        name,
        row[header?.indexOf(name) ?? -1] ?? 'missing',
      ]),
    ),
  )
}
