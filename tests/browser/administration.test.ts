import axe from 'axe-core'
import type { AxeResults } from 'axe-core'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { launchBrowser } from '../harness/browser/launch-browser.ts'
import { administratorOf } from './administrator.ts'
import { companyDatabase } from './company-database.ts'
import { signedIn, visitor, type Person } from './person.ts'
import { administrator, serveCompany } from './serve-company.ts'

const company = await serveCompany(await companyDatabase(), inject('interfaceFolder'))
const browser = await launchBrowser()
const { origin } = company
let admin: Person

beforeAll(async () => {
  const { make, employ } = await administratorOf(company)
  await make('team', { name: 'Northern Team' })
  await employ({ name: 'Mia Chief', email: 'mia@example.com', roles: ['sales_manager'] })
  const leaving = await employ({ name: 'Lea Gone', email: 'lea@example.com', roles: ['seller'] })
  await make('lead', { name: 'Wu Fang', email: 'wu@example.org', owner: leaving })
  admin = await signedIn(browser, { origin, email: administrator })
})

afterAll(async () => {
  await browser.close()
  await company.close()
})

const row = (name: string) => admin.page.getByRole('row').filter({ hasText: name })

async function choose(name: string, act: string) {
  await row(name)
    .getByRole('button', { name: `What to do with ${name}` })
    .click()
  await admin.page.getByRole('menuitem', { name: act }).click()
}

it('is reached from the menu of the person', async () => {
  await admin.page.getByRole('button', { name: /^Account of / }).click()
  await admin.page.getByRole('menuitem', { name: 'Administration' }).click()
  await admin.page
    .getByRole('main')
    .getByRole('link', { name: /^People/ })
    .last()
    .click()
  await row('Mia Chief').getByText('Active', { exact: true }).waitFor()
})

it('makes a person and invites at once; the page of the invitation knows the address', async () => {
  const { page, fill } = admin
  await page.getByRole('button', { name: 'New person' }).click()
  const form = page.getByRole('dialog', { name: 'New Person' })
  await fill('Name', 'Noor New', form)
  await fill('E-mail', 'noor@example.com', form)
  await form.getByRole('button', { name: /^Roles/ }).click()
  await page.getByRole('listbox', { name: 'Roles' }).getByRole('option', { name: 'Seller' }).click()
  await page.keyboard.press('Escape')
  await form.getByRole('button', { name: 'Create', exact: true }).last().click()
  const invitation = page.getByRole('dialog', { name: 'Invitation for Noor New' })
  const link = await invitation.getByLabel('Link').inputValue()
  await invitation.getByRole('button', { name: 'Close' }).last().click()
  await row('Noor New').getByText('Invited', { exact: true }).waitFor()
  const noor = await visitor(browser, { origin })
  await noor.goto(link)
  await expect.poll(() => noor.getByLabel('E-mail').inputValue()).toBe('noor@example.com')
  await noor.context().close()
})

it('finds people, changes roles and team', async () => {
  const { page, pick } = admin
  await page.getByRole('searchbox', { name: 'Name or e-mail' }).fill('noor')
  await row('Mia Chief').waitFor({ state: 'detached' })
  await choose('Noor New', 'Change roles, team, manager')
  const dialog = page.getByRole('dialog', { name: 'Noor New' })
  await pick('Team', 'Northern Team', dialog)
  await pick('Manager', 'Mia Chief', dialog)
  await dialog.getByRole('button', { name: 'Save' }).click()
  await dialog.waitFor({ state: 'detached' })
  await row('Noor New').getByText('Northern Team').waitFor()
  await row('Noor New').getByText('reports to Mia Chief').waitFor()
  await page.getByRole('searchbox', { name: 'Name or e-mail' }).fill('')
})

it('hands the work of who leaves over, and gives the access back', async () => {
  const { page, pick } = admin
  await choose('Lea Gone', 'Deactivate')
  const dialog = page.getByRole('dialog', { name: 'Deactivate Lea Gone?' })
  await pick('Hand the open work over to (may stay empty)', 'Mia Chief', dialog)
  await dialog.getByRole('button', { name: 'Deactivate' }).click()
  await row('Lea Gone').getByText('Deactivated', { exact: true }).waitFor()
  await choose('Lea Gone', 'Activate again')
  await row('Lea Gone').getByText('Active', { exact: true }).waitFor()
})

it('offers nobody to take away the own access', async () => {
  await row('Administrator')
    .getByRole('button', { name: /What to do with/ })
    .first()
    .click()
  await admin.page.getByRole('menuitem', { name: 'Change roles, team, manager' }).waitFor()
  expect(await admin.page.getByRole('menuitem', { name: 'Deactivate' }).count()).toBe(0)
  await admin.page.keyboard.press('Escape')
})

it('shows what each role lets its holders do, and who they are', async () => {
  const { page, open } = admin
  await open('/administration/roles')
  const seller = page.getByRole('article').filter({ hasText: 'roles/sales_manager' })
  await seller.getByText('1 person').waitFor()
  await seller.getByText('What it allows').click()
  await seller.getByRole('table').getByText('Leads').waitFor()
  await seller.getByRole('link', { name: '1 person' }).click()
  await row('Mia Chief').waitFor()
  await row('Lea Gone').waitFor({ state: 'detached' })
})

it('makes and renames teams, and moves people', async () => {
  const { page, open, fill, pick } = admin
  await open('/administration/teams')
  await page.getByRole('button', { name: 'New team' }).click()
  const form = page.getByRole('dialog', { name: 'New Team' })
  await fill('Name', 'Southern Team', form)
  await form.getByRole('button', { name: 'Create', exact: true }).last().click()
  const team = page.getByRole('article').filter({ hasText: 'Southern Team' })
  await team.getByRole('button', { name: 'Rename' }).click()
  const dialog = page.getByRole('dialog', { name: 'Rename Southern Team' })
  await dialog.getByLabel('Name').fill('Western Team')
  await dialog.getByRole('button', { name: 'Save' }).click()
  const renamed = page.getByRole('article').filter({ hasText: 'Western Team' })
  await pick('Move a person here', 'Noor New', renamed)
  await renamed.getByRole('listitem').filter({ hasText: 'Noor New' }).waitFor()
  await page.getByRole('article').filter({ hasText: 'Northern Team' }).getByText('0 people').waitFor()
  await renamed.getByRole('button', { name: 'Take Noor New out' }).click()
  await renamed.getByText('0 people').waitFor()
})

it('is not there for others', async () => {
  const mia = await signedIn(browser, { origin, email: 'mia@example.com' })
  await mia.page.getByRole('button', { name: /^Account of / }).click()
  await mia.page.getByRole('menuitem', { name: 'Sign out' }).waitFor()
  expect(await mia.page.getByRole('menuitem', { name: 'Administration' }).count()).toBe(0)
  await mia.open('/administration/people')
  await mia.page.getByRole('main').getByText('This is not allowed').waitFor()
  await mia.close()
})

const places = [
  ['/administration', 'Who works here', '谁在这里工作'],
  ['/administration/people', 'Mia Chief', 'Mia Chief'],
  ['/administration/roles', 'What it allows', '允许的操作'],
  ['/administration/teams', 'Northern Team', 'Northern Team'],
] as const

it.each(places)('%s meets WCAG 2.2 AA in both languages', async (path, english, chinese) => {
  await admin.open(path)
  await admin.page.getByRole('main').getByText(english).first().waitFor()
  expect(await violations()).toEqual([])
  await admin.speak('简体中文')
  await admin.page.getByRole('main').getByText(chinese).first().waitFor()
  expect(await violations()).toEqual([])
  await admin.page.request.patch('/api/session', {
    data: { locale: 'en' },
    headers: { 'tessera-request': '1' },
  })
})

/** What axe finds against WCAG 2.2 A and AA, a line for each place. */
async function violations(): Promise<string[]> {
  await admin.page.evaluate(axe.source)
  const rules = { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }
  const results = (await admin.page.evaluate(`axe.run(document, ${JSON.stringify(rules)})`)) as AxeResults
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary ?? ''}`),
  )
}
