import type { Locator } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { launchBrowser } from '../harness/browser/launch-browser.ts'
import { administratorOf } from './administrator.ts'
import { companyDatabase } from './company-database.ts'
import { signedIn, type Person } from './person.ts'
import { serveCompany } from './serve-company.ts'

const company = await serveCompany(await companyDatabase(), inject('interfaceFolder'))
const browser = await launchBrowser()
const { origin } = company
const { make, change, employ, list } = await administratorOf(company)
let seller: Person
let id: string

beforeAll(async () => {
  const email = 'sam@example.com'
  id = await employ({ name: 'Sam Seller', email, roles: ['seller'] })
  seller = await signedIn(browser, { origin, email })
})
afterAll(async () => {
  await browser.close()
  await company.close()
})

describe('what was typed survives a reload', () => {
  it('in the form of a new record, until it is created', async () => {
    const { page, fill } = seller
    const form = page.getByRole('dialog', { name: 'New Lead' })
    // An empty list offers it a second time.
    const begin = () => page.getByRole('main').getByRole('button', { name: 'New Lead' }).first().click()
    await seller.open('/o/lead')
    await begin()
    await fill('Name', 'Lin Xiao', form)
    await fill('E-mail', 'lin@chengyuan.example', form)
    await page.reload()
    await begin()
    await form.getByText('What you typed earlier is still here.').waitFor()
    expect(await form.getByRole('textbox', { name: 'E-mail' }).inputValue()).toBe('lin@chengyuan.example')
    await form.getByRole('button', { name: 'Create', exact: true }).last().click()
    await page.getByRole('heading', { name: 'Lin Xiao', level: 1 }).waitFor()
    await seller.open('/o/lead')
    await begin()
    expect(await form.getByRole('textbox', { name: 'Name' }).inputValue()).toBe('')
    await page.keyboard.press('Escape')
  })

  it('in a field of a record, which is saved then', async () => {
    const { page, fill } = seller
    const account = await make('account', { name: 'Chengyuan', owner: id })
    await seller.open(`/o/account/${account}`)
    await page.getByRole('button', { name: 'Edit Website' }).click()
    await fill('Website', 'https://chengyuan.example')
    await page.reload()
    const field = page.getByRole('textbox', { name: 'Website' })
    expect(await field.inputValue()).toBe('https://chengyuan.example')
    await field.press('Enter')
    await page.getByRole('main').getByRole('link', { name: 'chengyuan.example' }).waitFor()
    // The page shows it before the server has answered.
    await expect
      .poll(async () => (await list('account', `record.id == '${account}'`, ['website']))[0]?.website)
      .toContain('https://chengyuan.example')
  })

  it('in the lines of a record', async () => {
    const { page } = seller
    const product = await make('product', { name: 'Sensor', list_price: { amount: '100', currency: 'USD' } })
    const account = await make('account', { name: 'Lakeside', owner: id })
    const opportunity = await make('opportunity', { title: 'Cold chain', account, owner: id })
    const quote = await make('quote', {
      opportunity,
      owner: id,
      lines: [{ product, quantity: '2', discount: '0' }],
    })
    await seller.open(`/o/quote/${quote}`)
    await page.getByRole('textbox', { name: 'Quantity, line 1' }).fill('7')
    await page.getByText('Changes to the lines are not saved yet.').waitFor()
    await page.reload()
    await page.getByText('Changes to the lines are not saved yet.').waitFor()
    expect(await page.getByRole('textbox', { name: 'Quantity, line 1' }).inputValue()).toBe('7')
    await page.getByRole('button', { name: 'Save the lines' }).click()
    await page.getByText('Changes to the lines are not saved yet.').waitFor({ state: 'detached' })
    const [stored] = await list('quote', `record.id == '${quote}'`, ['net_total'])
    expect(stored?.net_total).toEqual({ amount: '700', currency: 'USD' })
    const timeline = page.getByRole('region', { name: 'Timeline' })
    const told = timeline.getByRole('listitem').filter({ hasText: 'changed a field' })
    await told.getByText('Changed Sensor').waitFor()
    await told.getByText('Quantity 2 7').waitFor()
    const email = 'mei@example.com'
    await employ({ name: 'Mei', email, roles: ['sales_manager'] })
    const reader = await signedIn(browser, { origin, email })
    await reader.speak('简体中文')
    await reader.open(`/o/quote/${quote}`)
    await reader.page.getByRole('region', { name: '动态' }).getByText('修改 Sensor').waitFor()
    await reader.close()
  })
})

it('what does not fit what is filled in cannot be chosen, in a new record and in one that is there', async () => {
  const { page, pick } = seller
  const [acme, bolt] = [
    await make('account', { name: 'Acme', owner: id }),
    await make('account', { name: 'Bolt', owner: id }),
  ]
  await make('contact', { name: 'Ada of Acme', account: acme, owner: id })
  const bo = await make('contact', { name: 'Bo of Bolt', account: bolt, owner: id })
  const offered = async (place: Locator) => {
    await place.getByRole('button', { name: /^(Edit )?Contact/ }).click()
    const box = page.getByRole('combobox', { name: /^Contact/ })
    await box.fill('of')
    const options = page.getByRole('listbox', { name: /^Contact/ }).getByRole('option')
    await options.filter({ hasText: ' of ' }).first().waitFor()
    const texts = await options.allInnerTexts()
    await page.keyboard.press('Escape')
    return texts.flatMap((text) => / ?(Ada|Bo) of /.exec(text)?.[1] ?? [])
  }
  await seller.open('/o/opportunity')
  await page.getByRole('main').getByRole('button', { name: 'New Opportunity' }).first().click()
  const form = page.getByRole('dialog', { name: 'New Opportunity' })
  expect((await offered(form)).toSorted()).toEqual(['Ada', 'Bo'])
  await pick('Account', 'Acme', form)
  expect(await offered(form)).toEqual(['Ada'])
  const opportunity = await make('opportunity', { title: 'Motors', account: bolt, contact: bo, owner: id })
  await seller.open(`/o/opportunity/${opportunity}`)
  expect(await offered(page.getByRole('main'))).toEqual(['Bo'])
})

describe('what one may not see', () => {
  const places: readonly (readonly [string, () => string | Promise<string>, string, string])[] = [
    ['a record of others', foreignLead, 'Not found', 'Go to Leads'],
    [
      'a record that never was',
      () => '/o/lead/00000000-0000-7000-8000-000000000000',
      'Not found',
      'Go to Leads',
    ],
    ['an object that no role shows', () => '/o/nothing', 'Not found', 'Go to the start page'],
    ['an import without the right', () => '/import/account', 'This is not allowed', 'Go to Accounts'],
    ['an address that leads nowhere', () => '/nowhere/at/all', 'Page not found', 'Go to the start page'],
  ]
  it.each(places)('%s is said to be so, with a way on', async (_name, path, text, way) => {
    const { page } = seller
    await seller.open(await path())
    await page.getByText(text, { exact: true }).first().waitFor()
    await page.getByRole('link', { name: way }).click()
    await page.getByRole('navigation', { name: 'Views' }).waitFor()
  })

  it('a record that one may read but not change offers nothing that would change it, until one may', async () => {
    const { page } = seller
    const other = await employ({ name: 'Olga Other', email: 'olga@example.com', roles: ['seller'] })
    const account = await make('account', { name: 'Elsewhere', owner: other })
    const edits = () => page.getByRole('button', { name: /^Edit / }).count()
    await seller.open(`/o/account/${account}`)
    await page.getByRole('heading', { name: 'Elsewhere', level: 1 }).waitFor()
    await page.getByRole('region', { name: 'Timeline' }).getByText('created the record').waitFor()
    expect(await edits()).toBe(0)
    await change('account', account, { owner: id })
    await page.getByRole('button', { name: 'Edit Website' }).waitFor()
    await change('account', account, { owner: other })
    await expect.poll(edits, { timeout: 10_000 }).toBe(0)
  })

  it('a change for which the right was lost meanwhile says so, and the record stays as it was', async () => {
    const { page } = seller
    const account = await make('account', { name: 'Handed over', owner: id })
    await seller.open(`/o/account/${account}`)
    await page.getByRole('button', { name: 'Edit Website' }).click()
    await seller.fill('Website', 'https://mine.example')
    const other = await employ({ name: 'Otto Other', email: 'otto@example.com', roles: ['seller'] })
    await change('account', account, { owner: other })
    await page.keyboard.press('Enter')
    await page.getByText('This is not allowed').waitFor()
    const [stored] = await list('account', `record.id == '${account}'`, ['website'])
    expect(stored?.website).toBeNull()
  })

  it('a record that one may not delete does not offer it', async () => {
    const { page } = seller
    const open = async (contact: string) => {
      await seller.open(`/o/contact/${contact}`)
      await page.getByRole('button', { name: 'Edit Name' }).waitFor()
      await page.getByRole('button', { name: 'More', exact: true }).click()
      const items = page.getByRole('menuitem')
      await items.first().waitFor()
      const texts = await items.allInnerTexts()
      await page.keyboard.press('Escape')
      return texts.map((text) => text.trim())
    }
    const team = await make('team', { name: 'Near' })
    await change('user', id, { team })
    const mate = await employ({ name: 'Mate', email: 'mate@example.com', roles: ['seller'], team })
    const account = await make('account', { name: 'Shared', owner: id })
    expect(await open(await make('contact', { name: 'Hers', account, owner: mate }))).not.toContain('Delete')
    expect(await open(await make('contact', { name: 'Mine', account, owner: id }))).toContain('Delete')
  })

  async function foreignLead(): Promise<string> {
    const team = await make('team', { name: 'Far away' })
    const owner = await employ({ name: 'Fay Far', email: 'fay@example.com', roles: ['seller'], team })
    return `/o/lead/${await make('lead', { name: 'Secret', email: 'secret@example.com', owner })}`
  }
})
