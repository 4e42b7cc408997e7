import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { launchBrowser } from '../harness/browser/launch-browser.ts'
import { administratorOf } from './administrator.ts'
import { companyDatabase } from './company-database.ts'
import { signedIn, type Person } from './person.ts'
import { administrator, serveCompany } from './serve-company.ts'

const company = await serveCompany(await companyDatabase(), inject('interfaceFolder'))
const browser = await launchBrowser()
const { make } = await administratorOf(company)
let admin: Person

beforeAll(async () => {
  const lead = (name: string, more: object = {}) =>
    make('lead', { name, email: `${name.toLowerCase()}@chengyuan.example`, ...more })
  await lead('Cold')
  await lead('Hot', { rating: 'hot' })
  await lead('Gone', { rating: 'cold' })
  admin = await signedIn(browser, { origin: company.origin, email: administrator })
  await admin.open('/o/lead')
  await admin.page.getByRole('link', { name: 'Gone' }).click()
  await admin.send('Start working')
  await admin.standsAt('Working')
})
afterAll(async () => {
  await browser.close()
  await company.close()
})

const rows = () => admin.page.locator('[role=row][aria-selected]')
/** What a column says, row by row. */
const cells = async (column: string) => {
  const heads = (await admin.page.getByRole('columnheader').allInnerTexts()).map((head) => head.trim())
  const all = await rows().all()
  return Promise.all(all.map((row) => row.getByRole('gridcell').nth(heads.indexOf(column)).innerText()))
}

it('stand in lists, as on the page of each record', async () => {
  const { page } = admin
  await admin.open('/o/lead?view=lead_open')
  await page.getByRole('button', { name: 'First answer' }).click()
  await expect.poll(() => cells('Name')).toEqual(['Hot', 'Cold', 'Gone'])
  const [hot, cold, gone] = await cells('First answer')
  expect([hot, cold]).toEqual([expect.stringMatching(/ left$/), expect.stringMatching(/ left$/)])
  expect(gone).toBe('Kept')
  await page.getByRole('link', { name: 'Hot' }).click()
  await page
    .getByRole('region', { name: 'Promises' })
    .getByText(hot as string)
    .waitFor()
})

it('are chosen like any other column', async () => {
  const { page } = admin
  await admin.open('/o/lead?view=lead_all')
  await rows().nth(1).waitFor()
  expect(await page.getByRole('columnheader', { name: 'First answer' }).count()).toBe(0)
  await page.getByRole('button', { name: 'Columns' }).click()
  await page.getByRole('combobox', { name: 'Columns' }).fill('First answer')
  await page.getByRole('option', { name: 'First answer' }).click()
  await page.keyboard.press('Escape')
  await expect.poll(() => cells('First answer')).toContain('Kept')
})

it('stand on cards, in Chinese too', async () => {
  const { page } = admin
  await admin.speak('简体中文')
  await admin.open('/o/lead?view=lead_board')
  const card = page.getByRole('listitem').filter({ hasText: 'Hot' })
  await card.getByText(/^剩余/).waitFor()
  await page.getByRole('listitem').filter({ hasText: 'Gone' }).getByText('已达成').waitFor()
})
