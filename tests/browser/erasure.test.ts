import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { launchBrowser } from '../harness/browser/launch-browser.ts'
import { administratorOf } from './administrator.ts'
import { companyDatabase } from './company-database.ts'
import { signedIn, type Person } from './person.ts'
import { administrator, serveCompany } from './serve-company.ts'
import { violations } from './violations.ts'

const company = await serveCompany(await companyDatabase(), inject('interfaceFolder'))
const browser = await launchBrowser()
const { make } = await administratorOf(company)
let admin: Person
let account: string
const contacts: string[] = []

beforeAll(async () => {
  admin = await signedIn(browser, { origin: company.origin, email: administrator })
  account = await make('account', { name: 'Chengyuan' })
  for (const name of ['Zelda Quill', 'Wei Lan'])
    contacts.push(await make('contact', { name, email: `${name.split(' ')[0]}@quill.example`, account }))
  const order = { account, contact: contacts[0], currency: 'EUR', tax_rate: '0', title: 'First order' }
  await make('sales_order', { ...order, ordered_on: '2026-01-31' })
})
afterAll(async () => {
  await browser.close()
  await company.close()
})

it('erases the data of a person after a report of what goes and what stays', async () => {
  const { page } = admin
  await admin.open(`/o/contact/${contacts[0]}`)
  await page.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Erase personal data…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Erase personal data' })
  const records = dialog.getByRole('list', { name: 'Records' }).getByRole('listitem')
  await expect.poll(() => records.count()).toBe(2)
  expect(await records.nth(0).innerText()).toMatch(/Contact[^]*Mobile[^]*will be erased/)
  expect(await records.nth(1).innerText()).toContain('kept for ten years')
  const now = dialog.getByRole('button', { name: 'Erase for good' })
  expect(await now.isDisabled()).toBe(true)
  expect(await violations(page)).toEqual([])
  await dialog.getByRole('checkbox').check()
  await now.click()
  await page.getByRole('heading', { level: 1, name: /^erased-/ }).waitFor()
  await page.getByText('erased personal data').waitFor()
  expect(await page.getByText('Zelda').count()).toBe(0)
})

it('speaks Chinese, and is offered for people alone', async () => {
  await admin.speak('简体中文')
  const { page } = admin
  await admin.open(`/o/contact/${contacts[1]}`)
  await page.getByRole('button', { name: '更多', exact: true }).click()
  await page.getByRole('menuitem', { name: '删除个人数据…' }).click()
  await page.getByRole('dialog', { name: '删除个人数据' }).getByText('将被删除').first().waitFor()
  await page.keyboard.press('Escape')
  await admin.open(`/o/account/${account}`)
  await page.getByRole('button', { name: '更多', exact: true }).click()
  await page.getByRole('menuitem', { name: '复制链接' }).waitFor()
  expect(await page.getByRole('menuitem', { name: '删除个人数据…' }).count()).toBe(0)
})
