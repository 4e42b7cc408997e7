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
  await seller.getByText('metadata/crm/roles/sales_manager.json').waitFor()
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

it('makes a key that reaches one object, shows it once, and revokes it as an administrator', async () => {
  const { page, open } = admin
  await open('/keys')
  await page.getByRole('button', { name: 'New key' }).click()
  const form = page.getByRole('dialog', { name: 'New key' })
  await form.getByLabel('What it is for').fill('Reports')
  await form.getByLabel('How far it reaches').selectOption({ label: 'Only some objects' })
  await form.getByLabel('Leads', { exact: true }).selectOption({ label: 'read' })
  await form.getByRole('button', { name: 'Create' }).click()
  const made = page.getByRole('dialog', { name: 'Your new key' })
  expect(await made.getByLabel('Reports').inputValue()).toMatch(/^tsk_/)
  await made.getByRole('button', { name: 'Close' }).last().click()
  await row('Reports').getByText('lead:read').waitFor()
  await open('/administration/keys')
  await row('Reports').getByText('Never used').waitFor()
  await row('Reports').getByRole('button', { name: 'Revoke Reports' }).click()
  await page.getByRole('dialog', { name: 'Revoke Reports?' }).getByRole('button', { name: 'Revoke' }).click()
  await page.getByText('No keys').waitFor()
})

it('tells who signed in', async () => {
  const { page, open, pick } = admin
  await open('/administration/sign-ins')
  await row('admin@example.com').first().getByText('Signed in').waitFor()
  await page.getByLabel('Outcome').selectOption({ label: 'Refused' })
  await page.getByText('No sign-ins are found').waitFor()
  await page.getByLabel('Outcome').selectOption({ label: 'Every outcome' })
  await pick('Person', 'Lea Gone')
  await page.getByText('No sign-ins are found').waitFor()
})

it('acts for another person, under a banner, named with him in the history', async () => {
  const { page, open } = admin
  await open('/administration/people')
  await choose('Mia Chief', 'Act for this person')
  const dialog = page.getByRole('dialog', { name: 'Act for Mia Chief' })
  await dialog.getByLabel('Reason, which the person reads').fill('She cannot find a lead')
  await dialog.getByRole('button', { name: 'Begin' }).click()
  const banner = page.getByText(/Administrator acts for Mia Chief until/)
  await banner.waitFor()
  expect(await violations()).toEqual([])
  await open('/o/lead')
  await banner.waitFor()
  const made = await page.request.post('/api/records/lead', {
    data: { name: 'Made for Mia', email: 'made@example.org' },
    headers: { 'tessera-request': '1' },
  })
  const { id } = (await made.json()) as { id: string }
  await open(`/o/lead/${id}`)
  await page.getByText('Administrator on behalf of Mia Chief').first().waitFor()
  await page.getByRole('button', { name: 'End', exact: true }).click()
  await banner.waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Account of Administrator' }).waitFor()
  const mia = await signedIn(browser, { origin, email: 'mia@example.com' })
  const { items } = (await (await mia.page.request.get('/api/notifications')).json()) as {
    items: { text: string }[]
  }
  expect(items.map(({ text }) => text).join()).toMatch(
    /Administrator acts for you until .*She cannot find a lead/,
  )
  await mia.close()
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
  ['/administration/keys', 'My API keys', '我的 API 密钥'],
  ['/administration/sign-ins', 'admin@example.com', 'admin@example.com'],
  ['/keys', 'My API keys', '我的 API 密钥'],
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
