import axe from 'axe-core'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { launchBrowser } from '../harness/browser/launch-browser.ts'
import { administratorOf } from './administrator.ts'
import { companyDatabase } from './company-database.ts'
import { signedIn, type Person } from './person.ts'
import { administrator, serveCompany } from './serve-company.ts'

const company = await serveCompany(await companyDatabase(), inject('interfaceFolder'))
const browser = await launchBrowser()
const { origin } = company
let mia: Person
let noa: Person

beforeAll(async () => {
  const { make, employ } = await administratorOf(company)
  const owner = await employ({ name: 'Mia Chief', email: 'mia@example.com', roles: ['sales_manager'] })
  await employ({ name: 'Noa Second', email: 'noa@example.com', roles: ['sales_manager'] })
  for (const name of ['Lin Xiao', 'Ana Ruiz', 'Bo Ek'])
    await make('lead', { name, email: `${name.split(' ')[0]}@example.org`, owner })
  const leaving = await employ({ name: 'Lea Gone', email: 'lea@example.com', roles: ['seller'] })
  await make('lead', { name: 'Wu Fang', email: 'wu@example.org', owner: leaving })
  mia = await signedIn(browser, { origin, email: 'mia@example.com' })
  noa = await signedIn(browser, { origin, email: 'noa@example.com' })
})

afterAll(async () => {
  await browser.close()
  await company.close()
})

const option = ({ page }: Person, name: string) => page.getByRole('option', { name: new RegExp(name) })
const card = ({ page }: Person) => page.getByRole('complementary', { name: 'Selected work' })

it('asks another person, gets the answer back, and tells who did what', async () => {
  await mia.open('/work')
  await option(mia, 'Lin Xiao').click()
  await card(mia).getByRole('button', { name: 'More to do with it' }).click()
  await mia.page.getByRole('menuitem', { name: 'Ask for an answer' }).click()
  const dialog = mia.page.getByRole('dialog', { name: 'Ask for an answer' })
  await mia.pick('Person', 'Noa Second', dialog)
  await dialog.getByRole('textbox', { name: /word/ }).fill('Do you know her?')
  await dialog.getByRole('button', { name: 'Ask for an answer' }).click()
  await dialog.waitFor({ state: 'detached' })
  await mia.page.getByRole('group', { name: 'With others' }).getByText('Lin Xiao').waitFor()

  await noa.open('/work')
  await option(noa, 'Lin Xiao').click()
  await card(noa).getByRole('textbox', { name: 'Your answer' }).fill('Yes, from the fair.')
  await card(noa).getByRole('button', { name: 'Send the answer' }).click()
  await option(noa, 'Lin Xiao').waitFor({ state: 'detached' })

  await mia.page.getByRole('group', { name: 'With others' }).waitFor({ state: 'detached' })
  await option(mia, 'Lin Xiao').click()
  await card(mia).getByText('What was done with it').click()
  await card(mia).getByText('Noa Second answered Mia Chief').waitFor()
  await card(mia).getByText('Yes, from the fair.').waitFor()
  await card(mia).getByRole('textbox', { name: 'Leave a remark' }).fill('Thanks')
  await card(mia).getByRole('button', { name: 'Send' }).click()
  await card(mia).getByText('Mia Chief remarked').waitFor()
  expect(await violations(mia.page)).toEqual([])
})

it('lets the substitute do the work of somebody who is away', async () => {
  await mia.page.getByRole('button', { name: /^Account of / }).click()
  await mia.page.getByRole('menuitem', { name: 'Absence and substitute' }).click()
  const main = mia.page.getByRole('main')
  await mia.pick('Substitute', 'Noa Second', main)
  await mia.fill('From', dayIn(-1), main)
  await mia.fill('Until', dayIn(3), main)
  await main.getByRole('button', { name: 'Be away' }).click()
  await main.getByText('Noa Second acts for Mia Chief').waitFor()
  expect(await violations(mia.page)).toEqual([])
  await option(noa, 'Ana Ruiz').click()
  await card(noa).getByText('you act for Mia Chief').waitFor()
  await card(noa).getByRole('button', { name: 'Mark as done' }).click()
  await option(noa, 'Ana Ruiz').waitFor({ state: 'detached' })
})

it('completes what is marked, by the keyboard', async () => {
  const { page } = mia
  await mia.goTo('My work')
  await option(mia, 'Lin Xiao').waitFor()
  // What was there at the last visit shows until the list is read again.
  await option(mia, 'Ana Ruiz').waitFor({ state: 'detached' })
  await page.getByRole('listbox', { name: 'My work' }).focus()
  await page.keyboard.press('x')
  await page.keyboard.press('j')
  await page.keyboard.press('x')
  const bar = page.getByRole('toolbar', { name: 'Actions on marked work' })
  await bar.getByText('2 selected').waitFor()
  expect(await page.getByRole('option', { checked: true }).count()).toBe(2)
  expect(await violations(page)).toEqual([])
  await bar.getByRole('button', { name: /Mark as done/ }).click()
  await page.getByText('All done').waitFor()
})

it('moves the work of somebody who leaves, on a phone', async () => {
  const viewport = { width: 360, height: 740 }
  const admin = await signedIn(browser, { origin, email: administrator, viewport, isPhone: true })
  const { page } = admin
  await admin.open('/work')
  await page.getByRole('button', { name: 'Hand work over' }).click()
  const dialog = page.getByRole('dialog', { name: 'Hand work over' })
  await admin.pick('Work of', 'Lea Gone', dialog)
  await admin.pick('To', 'Noa Second', dialog)
  expect(await violations(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Hand work over' }).click()
  await page.getByText('1 item handed over').waitFor()
  await option(noa, 'Wu Fang').waitFor()
  expect(await page.evaluate('innerWidth')).toBe(360)
  await admin.close()
})

/** A day from today on, as people write it. */
function dayIn(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
}

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source)
  const options = { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }
  const results = (await page.evaluate(`axe.run(document, ${JSON.stringify(options)})`)) as AxeResults
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary ?? ''}`),
  )
}
