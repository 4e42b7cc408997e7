import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { launchBrowser } from '../harness/browser/launch-browser.ts'
import { companyDatabase } from './company-database.ts'
import { signedIn, type Person } from './person.ts'
import { administrator, serveCompany } from './serve-company.ts'
import { violations } from './violations.ts'

const company = await serveCompany(await companyDatabase(), inject('interfaceFolder'))
const browser = await launchBrowser()
let admin: Person

beforeAll(async () => {
  admin = await signedIn(browser, { origin: company.origin, email: administrator })
})
afterAll(async () => {
  await browser.close()
  await company.close()
})

const rows = () => admin.page.getByRole('table', { name: /^(Audit log|审计日志)$/ }).locator('tbody tr')

it('shows what was logged to holders of the feature, found through the menu of the person', async () => {
  const { page } = admin
  await admin.open('/')
  await page
    .getByRole('button', { name: /^Your menu|^.*Administrator.*$/ })
    .last()
    .click()
  await page.getByRole('menuitem', { name: 'Audit log' }).click()
  await rows().filter({ hasText: 'Signed in' }).first().waitFor()
  expect(await violations(page)).toEqual([])
})

it('is filtered by what was done, and saved as a file that is logged itself', async () => {
  const { page } = admin
  await page.getByRole('combobox', { name: 'What' }).selectOption({ label: 'Publishing' })
  await page.getByRole('button', { name: 'Show', exact: true }).click()
  await rows().first().filter({ hasText: 'Published' }).waitFor()
  expect(await rows().count()).toBe(1)
  await page.getByRole('button', { name: 'Clear', exact: true }).click()
  await expect.poll(() => rows().count()).toBeGreaterThan(2)
  const saving = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export CSV' }).click()
  expect((await saving).suggestedFilename()).toBe('audit.csv')
  await rows().first().filter({ hasText: 'Exported' }).waitFor()
})

it('speaks Chinese', async () => {
  await admin.speak('简体中文')
  await admin.open('/audit')
  await rows().first().filter({ hasText: '导出' }).waitFor()
})
