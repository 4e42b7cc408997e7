import type { Locator } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, inject, it } from 'vitest'
import { launchBrowser } from '../harness/browser/launch-browser.ts'
import { administratorOf } from './administrator.ts'
import { companyDatabase } from './company-database.ts'
import { signedIn, type Person } from './person.ts'
import { serveCompany } from './serve-company.ts'

const company = await serveCompany(await companyDatabase(), inject('interfaceFolder'))
const browser = await launchBrowser()
const { make, employ, list } = await administratorOf(company)
let seller: Person
let owner: string
let lead: string
let made = 0

beforeAll(async () => {
  const email = 'sam@example.com'
  owner = await employ({ name: 'Sam Seller', email, roles: ['seller'] })
  seller = await signedIn(browser, { origin: company.origin, email })
})
afterAll(async () => {
  await browser.close()
  await company.close()
})
beforeEach(async () => {
  const name = `Lin Xiao ${++made}`
  lead = await make('lead', { name, email: `lin.${made}@chengyuan.example`, owner })
  await seller.open('/o/lead?view=lead_board')
  await card(name).waitFor()
})

it('offers a dragged card to the columns that its steps lead to, and to no other', async () => {
  await lift()
  await expect
    .poll(() => headings('.column.open'))
    .toEqual(['Unassigned', 'Working', 'Nurturing', 'Disqualified'])
  await drop('New')
  expect(await status()).toBe('new')
})

it('sends the step when a card is dropped', async () => {
  await lift()
  await drop('Working')
  await column('Working').getByText(`Lin Xiao ${made}`).waitFor()
  await expect.poll(status).toBe('working')
})

it('refuses a drop where no step leads', async () => {
  await lift()
  await drop('Converted')
  await column('New').getByText(`Lin Xiao ${made}`).waitFor()
  expect(await status()).toBe('new')
})

it('opens the form of the step by keyboard; a cancelled form takes the card back', async () => {
  const { page } = seller
  await moveByKeyboard('Disqualified')
  const form = page.getByRole('dialog', { name: 'Disqualify' })
  await form.waitFor()
  await page.keyboard.press('Escape')
  await form.waitFor({ state: 'detached' })
  await column('New').getByText(`Lin Xiao ${made}`).waitFor()
  expect(await status()).toBe('new')
})

it('moves a card by keyboard alone, with the form of its step', async () => {
  const { page } = seller
  await moveByKeyboard('Disqualified')
  const form = page.getByRole('dialog', { name: 'Disqualify' })
  await seller.pick('Because', '', form)
  await page.keyboard.press('Control+Enter')
  await form.waitFor({ state: 'detached' })
  await expect.poll(status).toBe('disqualified')
  await column('Disqualified').getByText(`Lin Xiao ${made}`).waitFor()
})

it('offers a card to no column where one may not change its record', async () => {
  const email = 'mia@example.com'
  const mia = await employ({ name: 'Mia Chief', email, roles: ['sales_manager'] })
  const chief = await signedIn(browser, { origin: company.origin, email })
  const { page } = chief
  const cardOf = (name: string) => page.getByRole('listitem').filter({ hasText: name })
  const move = (name: string) => cardOf(name).getByRole('button', { name: 'Move to…' })
  await chief.open('/o/lead?view=lead_board')
  await cardOf(`Lin Xiao ${made}`).hover()
  await move(`Lin Xiao ${made}`).click()
  // Whoever sees a lead may hand it back to the queue; its other steps change it.
  await expect.poll(() => page.getByRole('menuitem').allInnerTexts()).toEqual(['Unassigned'])
  await page.keyboard.press('Escape')
  await make('campaign', { name: 'Theirs', type: 'other', owner })
  const own = await make('campaign', { name: 'Ours', type: 'other', owner: mia })
  await chief.open('/o/campaign?view=campaign_board')
  await cardOf('Ours').hover()
  await move('Ours').click()
  expect(await move('Theirs').count()).toBe(0)
  await page.getByRole('menuitem', { name: 'Cancelled' }).click()
  await expect
    .poll(async () => (await list('campaign', `record.id == '${own}'`, ['status']))[0]?.status)
    .toBe('cancelled')
  await chief.close()
})

/** Takes the card up with the mouse. */
async function lift(): Promise<void> {
  const { page } = seller
  await card(`Lin Xiao ${made}`).hover()
  await page.mouse.down()
  await page.mouse.move(600, 400, { steps: 5 })
  await page.locator('.column.open').first().waitFor()
}

/** Carries it to a column and lets go. */
async function drop(to: string): Promise<void> {
  const { page } = seller
  const { x = 0, y = 0 } = (await column(to).boundingBox()) ?? {}
  await page.mouse.move(x + 60, y + 200, { steps: 5 })
  await page.mouse.up()
  await expect.poll(() => headings('.column.open')).toEqual([])
}

/** Opens the menu of the card by keyboard and chooses a column. */
async function moveByKeyboard(to: string): Promise<void> {
  const { page } = seller
  await card(`Lin Xiao ${made}`).getByRole('link').first().focus()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  const items = page.getByRole('menuitem')
  await items.first().waitFor()
  expect(await items.allInnerTexts()).toEqual(['Unassigned', 'Working', 'Nurturing', 'Disqualified'])
  for (const press of ['ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown']) {
    if ((await page.locator('[role=menuitem][data-highlighted]').allInnerTexts())[0] === to) break
    await page.keyboard.press(press)
  }
  await page.keyboard.press('Enter')
}

function column(name: string): Locator {
  return seller.page.getByRole('region', { name, exact: true })
}

function card(name: string): Locator {
  return seller.page.getByRole('listitem').filter({ hasText: name })
}

async function headings(columns: string): Promise<string[]> {
  return seller.page.locator(`${columns} h2`).allInnerTexts()
}

async function status(): Promise<unknown> {
  const [row] = await list('lead', `record.id == '${lead}'`, ['status'])
  return row?.status
}
