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
let lead: string

beforeAll(async () => {
  admin = await signedIn(browser, { origin: company.origin, email: administrator })
  lead = await make('lead', { name: 'Lin Xiao', email: 'lin@chengyuan.example' })
  await make('lead', { name: 'Chen Jiayi', email: 'chen@chengyuan.example' })
})
afterAll(async () => {
  await browser.close()
  await company.close()
})

const tags = () => admin.page.getByRole('list', { name: /^(Tags|标签)$/ })

it('stand beside the process of a record, as long as it is in a state that has them', async () => {
  await admin.open(`/o/lead/${lead}`)
  await admin.standsAt('New')
  expect(await tags().count()).toBe(0)
  const { page } = admin
  await page.getByRole('button', { name: 'Steps', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Give to the lead desk' }).click()
  const form = page.getByRole('dialog', { name: 'Give to the lead desk' })
  await form.getByRole('button', { name: 'Give to the lead desk' }).last().click()
  await admin.standsAt('Unassigned')
  expect(await tags().allInnerTexts()).toEqual(['Needs an owner'])
})

it('find the processes that are in such states', async () => {
  const { page } = admin
  await admin.open('/processes')
  await page.getByRole('button', { name: /^All at work/ }).click()
  const rows = page.getByRole('list', { name: 'Processes in trouble' }).getByRole('listitem')
  await expect.poll(() => rows.getByRole('link').allInnerTexts()).toEqual(['Lin Xiao', 'Chen Jiayi'])
  await page.getByRole('combobox', { name: 'Tag' }).selectOption({ label: 'Needs an owner' })
  await expect.poll(() => rows.getByRole('link').allInnerTexts()).toEqual(['Lin Xiao'])
  await page.getByRole('button', { name: /^All at work ?1$/ }).waitFor()
})

it('speak Chinese', async () => {
  await admin.speak('简体中文')
  await admin.open(`/o/lead/${lead}`)
  await expect.poll(() => tags().allInnerTexts()).toEqual(['待分配'])
})
