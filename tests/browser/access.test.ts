import axe from 'axe-core'
import type { AxeResults } from 'axe-core'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { freshDatabase } from '../harness/fresh-database.ts'
import { launchBrowser } from '../harness/browser/launch-browser.ts'
import type { Client } from '../server/client.ts'
import { serveLibrary } from '../server/serve-library.ts'
import { claimDeclarations } from './access.declarations.ts'
import { signedIn, type Person } from './person.ts'

const server = await serveLibrary(await freshDatabase(), {
  documents: claimDeclarations,
  name: 'claims',
  settings: { interfaceFolder: inject('interfaceFolder') },
})
const browser = await launchBrowser()
const { origin } = server
const clients = new Map<string, Client>()
const people = new Map<string, Person>()
let small: string
let large: string

const at = (name: string) => people.get(name) as Person
const client = (name: string) => clients.get(name) as Client

async function made(by: Client, object: string, values: object): Promise<string> {
  const { status, body } = await by.post(`/api/records/${object}`, values)
  expect(status, JSON.stringify(body)).toBe(201)
  return body.id as string
}

beforeAll(async () => {
  const staff = {
    'Rosa Root': ['administrator'],
    'Ann Agent': ['agent'],
    'Paul Agent': ['agent'],
    'Cora Audit': ['auditor'],
  }
  for (const [name, roles] of Object.entries(staff)) {
    clients.set(name, await server.signIn(name, roles))
    const { email } = await server.person(name, roles)
    people.set(name, await signedIn(browser, { origin, email }))
  }
  await made(client('Rosa Root'), 'team', { name: 'Northern team' })
  const iban = 'DE44500105175407324931'
  const claim = { size: 40, iban, phone: '+8613812345678' }
  small = await made(client('Ann Agent'), 'claim', { ...claim, title: 'Hail on the roof' })
  large = await made(client('Ann Agent'), 'claim', { ...claim, title: 'Flood in the cellar', size: 4000 })
})

afterAll(() => browser.close())

async function menu({ page }: Person, entry: string, more = 'More'): Promise<void> {
  await page.getByRole('button', { name: more, exact: true }).click()
  await page.getByRole('menuitem', { name: entry }).click()
}

async function openClaim(name: string, id: string): Promise<Page> {
  await at(name).open(`/o/claim/${id}`)
  await at(name).page.getByRole('heading', { level: 1 }).waitFor()
  return at(name).page
}

/** What is wrong with a control, as it is read out. */
async function faultOf(control: Locator): Promise<string> {
  const id = await control.getAttribute('aria-describedby')
  return control.page().locator(`[id="${id}"]`).innerText()
}

describe('sharing by hand', () => {
  const dialog = () => at('Ann Agent').page.getByRole('dialog', { name: 'Share Hail on the roof' })
  const shares = () => dialog().getByRole('listitem')
  const add = () => dialog().getByRole('button', { name: 'Share', exact: true }).click()

  it('is begun from the menu of a record, and says what is missing at its fields', async () => {
    await openClaim('Ann Agent', small)
    await menu(at('Ann Agent'), 'Share…')
    await dialog().getByText('With nobody yet.').waitFor()
    await add()
    expect(await faultOf(dialog().getByRole('button', { name: /^With whom/ }))).toBe('This is required.')
    expect(await faultOf(dialog().getByLabel('Reason'))).toContain('others will ask')
    expect(await violations(at('Ann Agent').page)).toEqual([])
  })

  it('tells the fault of the server at the day that is too late', async () => {
    const { pick, fill } = at('Ann Agent')
    expect(await faultOf(dialog().getByLabel('Until'))).toContain('At most 30 days')
    await pick('With whom', 'Paul Agent', dialog())
    await fill('Reason', 'Covers for me', dialog())
    await dialog()
      .getByLabel('Until')
      .fill(`${new Date().getFullYear() + 1}-12-31`)
    await add()
    await expect.poll(() => faultOf(dialog().getByLabel('Until'))).toContain('later than 30 days from now')
    await dialog().getByLabel('Until').fill('')
    await dialog().getByLabel('Access').selectOption({ label: 'Change' })
    await add()
    await expect.poll(() => shares().count()).toBe(1)
    expect(await shares().first().innerText()).toMatch(
      /Paul Agent[^]*Change[^]*Covers for me[^]*By Ann Agent/,
    )
    expect((await client('Paul Agent').get(`/api/records/claim/${small}`)).status).toBe(200)
  })

  it('reaches teams and roles, and is ended', async () => {
    const { pick, fill, page } = at('Ann Agent')
    for (const [kind, name] of [
      ['Team', 'Northern team'],
      ['Role', 'Auditor'],
    ] as const) {
      await dialog().getByLabel('Kind').selectOption({ label: kind })
      await pick('With whom', name, dialog())
      await dialog().getByLabel('Access').selectOption({ label: 'Read' })
      await fill('Reason', 'Quarterly review', dialog())
      await add()
      await shares().filter({ hasText: name }).waitFor()
    }
    expect((await client('Cora Audit').get(`/api/records/claim/${small}`)).status).toBe(200)
    await dialog().getByRole('button', { name: 'End sharing with Northern team' }).click()
    await expect.poll(() => shares().count()).toBe(2)
    expect(await violations(page)).toEqual([])
  })

  it('is not handed on: whoever has it from a share alone is told so, and why', async () => {
    const page = await openClaim('Paul Agent', small)
    await menu(at('Paul Agent'), 'Share…')
    const sharing = page.getByRole('dialog', { name: 'Share Hail on the roof' })
    await sharing.getByText('This record was shared with you').waitFor()
    await sharing.getByRole('button', { name: 'Why?' }).click()
    const why = page.getByRole('dialog', { name: 'What lets me do this? (Claim)' })
    await why.getByText('Ann Agent shared it with the person: “Covers for me”.').first().waitFor()
    await page.keyboard.press('Escape')
    await why.waitFor({ state: 'detached' })
    await page.keyboard.press('Escape')
  })

  it('is not offered where the record may not be changed', async () => {
    const page = await openClaim('Cora Audit', small)
    await page.getByRole('button', { name: 'More', exact: true }).click()
    await page.getByRole('menuitem', { name: 'Copy link' }).waitFor()
    expect(await page.getByRole('menuitem', { name: 'Share…' }).count()).toBe(0)
    await page.keyboard.press('Escape')
  })
})

describe('a refusal by rights', () => {
  it('is explained where a record cannot be opened', async () => {
    const { page } = at('Paul Agent')
    await at('Paul Agent').open(`/o/claim/${large}`)
    await page.getByRole('button', { name: 'Why?' }).click()
    const why = page.getByRole('dialog', { name: 'Why may I not see this? (Claim)' })
    await why.getByText('this one is not among them').waitFor()
    await why.getByText('roles/agent/objects/claim/read').first().waitFor()
    await why.getByText('one that does not exist look the same').waitFor()
    expect(await violations(page)).toEqual([])
    await page.keyboard.press('Escape')
  })

  it('says that a record is not there to whoever would see it', async () => {
    const { page } = at('Rosa Root')
    await at('Rosa Root').open('/o/claim/00000000-0000-7000-8000-000000000000')
    await page.getByRole('button', { name: 'Why?' }).click()
    await page.getByRole('dialog').getByText('this one does not exist, or not any more').waitFor()
    expect(await page.getByText('look the same').count()).toBe(0)
    await page.keyboard.press('Escape')
  })

  it('is explained from the message that a change is refused', async () => {
    const page = await openClaim('Paul Agent', small)
    const paul = (await client('Paul Agent').get('/api/session')).body.user.id
    const less = { with: { kind: 'user', id: paul }, access: 'read', reason: 'Covers for me' }
    expect((await client('Ann Agent').post(`/api/records/claim/${small}/shares`, less)).status).toBe(201)
    await page.getByRole('button', { name: 'Edit Size' }).click()
    await page.getByRole('textbox', { name: 'Size' }).fill('41')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Why?' }).click()
    const why = page.getByRole('dialog', { name: 'Why may I not change this? (Claim)' })
    await why.getByText('May this record be changed?').waitFor()
    await why.getByText('Ann Agent shared it with the person').first().waitFor()
    await page.keyboard.press('Escape')
  })

  it('is explained for a step that is not possible now', async () => {
    const page = await openClaim('Ann Agent', large)
    await page.getByRole('main').getByRole('button', { name: 'Steps' }).click()
    await page.getByRole('menuitem', { name: /^Settle/ }).click()
    const why = page.getByRole('dialog', { name: 'Why not “Settle”?' })
    await why.getByText('the process does not offer this step now').waitFor()
    await why.getByText('offers this step where record.size < 100').waitFor()
    await page.keyboard.press('Escape')
  })
})

describe('the rights to a record', () => {
  it('are shown to everybody for themselves', async () => {
    const page = await openClaim('Cora Audit', large)
    await menu(at('Cora Audit'), 'My rights…')
    const dialog = page.getByRole('dialog', { name: 'What I may do with this record' })
    await dialog.getByText('See this record').click()
    await dialog.getByText('Sharing rule “Large claims”').first().waitFor()
    await dialog.getByText('objects/claim/sharing/rules/large').first().waitFor()
    expect(await dialog.locator('summary').allInnerTexts()).toEqual([
      expect.stringMatching(/See[^]*Yes/),
      expect.stringMatching(/Change[^]*No/),
      expect.stringMatching(/Delete[^]*No/),
    ])
    expect(await dialog.getByRole('button', { name: /^Person/ }).count()).toBe(0)
    await page.keyboard.press('Escape')
  })

  it('are shown to administrators for anybody', async () => {
    const page = await openClaim('Rosa Root', large)
    await menu(at('Rosa Root'), 'Who may see this?…')
    const dialog = page.getByRole('dialog', { name: 'Who may see this record?' })
    await dialog.getByText('Roles of Rosa Root:').waitFor()
    await at('Rosa Root').pick('Person', 'Paul Agent', dialog)
    await dialog.getByText('Roles of Paul Agent:').waitFor()
    await expect.poll(() => dialog.locator('summary').first().innerText()).toMatch(/See[^]*No/)
    expect(await violations(page)).toEqual([])
    await page.keyboard.press('Escape')
  })
})

describe('the matrix of rights', () => {
  const table = () => at('Rosa Root').page.getByRole('table').first()

  it('is found in the administration, and tells who may do what', async () => {
    const { page } = at('Rosa Root')
    await at('Rosa Root').open('/administration')
    await page
      .getByRole('main')
      .getByRole('link', { name: /^Rights/ })
      .last()
      .click()
    const name = page.getByRole('rowheader', { name: 'Claims claim' })
    const claims = table().getByRole('row').filter({ has: name })
    await claims.waitFor()
    expect(await claims.innerText()).toMatch(/Own[^]*Of the team/)
    await claims.getByText('2 fields').click()
    await claims.getByText('masked: the last 4 characters are shown').waitFor()
    await claims.getByText('1 rule').click()
    await claims.getByText('record.size < 1000').waitFor()
    await page.getByRole('table', { name: '' }).last().getByText('record.size > 100').waitFor()
    expect(await violations(page)).toEqual([])
  })

  it('is filtered by role and object', async () => {
    const { page } = at('Rosa Root')
    await page.getByRole('combobox', { name: 'Role' }).selectOption({ label: 'Auditor' })
    await expect.poll(() => table().getByRole('columnheader').count()).toBe(2)
    await page.getByRole('combobox', { name: 'Object' }).selectOption({ label: 'Claim' })
    await expect.poll(() => table().getByRole('rowheader').count()).toBeLessThanOrEqual(2)
  })

  it('is no wider than a phone', async () => {
    const { email } = await server.person('Rosa Root', ['administrator'])
    const phone = await signedIn(browser, {
      ...{ origin, email, isPhone: true, viewport: { width: 360, height: 740 } },
    })
    await phone.open('/administration/access')
    await phone.page.getByText('Claims agent').last().waitFor()
    expect(await phone.page.evaluate('innerWidth')).toBe(360)
    await phone.close()
  })

  it('is for administrators alone', async () => {
    await at('Ann Agent').open('/administration/access')
    await at('Ann Agent').page.getByText('This is not allowed').waitFor()
  })
})

describe('a masked field', () => {
  it('is shown with a lock on the record, and not changed', async () => {
    const page = await openClaim('Cora Audit', await made(client('Cora Audit'), 'claim', { title: 'Own' }))
    await page.getByRole('button', { name: 'Edit Size' }).waitFor()
    expect(await page.getByRole('button', { name: 'Edit Account number' }).count()).toBe(0)
    await openClaim('Cora Audit', large)
    await page
      .getByTitle(/^Partly hidden/)
      .first()
      .waitFor()
    expect(await page.getByRole('main').innerText()).toContain('••••••••••••••••••4931')
    expect(await page.getByRole('link', { name: /•/ }).count()).toBe(0)
  })

  it('is shown in lists, where nothing is found or put in order by it', async () => {
    const { page } = at('Cora Audit')
    await at('Cora Audit').open('/o/claim')
    await page.getByRole('grid').getByText('••4931').first().waitFor()
    const head = page.getByRole('columnheader')
    expect(await head.filter({ hasText: 'Size' }).getByRole('button').count()).toBe(1)
    expect(await head.filter({ hasText: 'Account number' }).getByRole('button').count()).toBe(0)
    expect(await violations(page)).toEqual([])
    await page.getByRole('button', { name: 'Filter', exact: true }).click()
    const options = page.getByRole('listbox').getByRole('option')
    await options.first().waitFor()
    const offered = (await options.allInnerTexts()).join(' ')
    expect(offered).toContain('Size')
    expect(offered).not.toContain('Account number')
    await page.keyboard.press('Escape')
  })
})

describe('in Chinese', () => {
  it('shares, explains and shows the matrix', async () => {
    const { page } = at('Ann Agent')
    await openClaim('Ann Agent', small)
    await at('Ann Agent').speak('简体中文')
    await menu(at('Ann Agent'), '共享…', '更多')
    await page.getByRole('dialog', { name: '共享 Hail on the roof' }).getByText('Covers for me').waitFor()
    await page.keyboard.press('Escape')
    await menu(at('Ann Agent'), '我的权限…', '更多')
    await page.getByRole('dialog', { name: '我对此记录的权限' }).locator('summary').first().click()
    await page.getByText('理赔单：可以查看其中任何记录吗？').waitFor()
    await page.keyboard.press('Escape')
    await at('Rosa Root').open('/o/claim')
    await at('Rosa Root').speak('简体中文')
    await at('Rosa Root').open('/administration/access')
    await at('Rosa Root')
      .page.getByRole('columnheader', { name: /理赔员/ })
      .waitFor()
  })
})

/** What axe finds against WCAG 2.2 A and AA. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source)
  const rules = { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }
  const results = (await page.evaluate(`axe.run(document, ${JSON.stringify(rules)})`)) as AxeResults
  return results.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))
}
