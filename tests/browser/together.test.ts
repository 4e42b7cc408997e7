import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { launchBrowser } from '../harness/browser/launch-browser.ts'
import { administratorOf } from './administrator.ts'
import { companyDatabase } from './company-database.ts'
import { signedIn, type Person } from './person.ts'
import { serveCompany } from './serve-company.ts'

const company = await serveCompany(await companyDatabase(), inject('interfaceFolder'))
const browser = await launchBrowser()
const { origin } = company
const { make, employ, list } = await administratorOf(company)

afterAll(async () => {
  await browser.close()
  await company.close()
})

describe('two people at one record', () => {
  let ana: Person
  let ben: Person
  let account: string
  let made = 0

  beforeAll(async () => {
    const roles = ['sales_manager', 'operations']
    await employ({ name: 'Ana', email: 'ana@example.com', roles })
    await employ({ name: 'Ben', email: 'ben@example.com', roles })
    ana = await signedIn(browser, { origin, email: 'ana@example.com' })
    ben = await signedIn(browser, { origin, email: 'ben@example.com' })
  })
  afterAll(async () => {
    await ana.close()
    await ben.close()
  })
  beforeEach(async () => {
    account = await make('account', { name: `Chengyuan ${++made}`, phone: '+861065529988' })
    for (const person of [ana, ben]) await person.open(`/o/account/${account}`)
  })

  it('keep their changes of different fields', async () => {
    await begin(ben, 'Phone', '+12025550143')
    await change(ana, 'Website', 'https://chengyuan.example')
    await shows(ben, 'chengyuan.example')
    await finish(ben)
    await shows(ana, '5550143')
    expect(await stored()).toMatchObject({
      phone: '+12025550143',
      website: expect.stringContaining('chengyuan.example') as unknown,
    })
  })

  it('are asked about changes of the same field, and one can keep that of the other', async () => {
    const dialog = await clash()
    await dialog.getByRole('button', { name: 'Keep theirs' }).click()
    await dialog.waitFor({ state: 'detached' })
    await shows(ben, '5550111')
    expect(await stored()).toMatchObject({ phone: '+12025550111' })
  })

  it('are asked about changes of the same field, and one can keep the own', async () => {
    const dialog = await clash()
    await dialog.getByRole('button', { name: 'Keep mine' }).click()
    await dialog.waitFor({ state: 'detached' })
    await shows(ana, '5550143')
    expect(await stored()).toMatchObject({ phone: '+12025550143' })
  })

  it('do not overwrite each other by an editor that was opened and left as it was', async () => {
    await ben.page.getByRole('button', { name: 'Edit Phone' }).click()
    await ben.page.getByRole('textbox', { name: 'Phone' }).waitFor()
    await change(ana, 'Phone', '+12025550111')
    await finish(ben)
    await shows(ben, '5550111')
    expect(await stored()).toMatchObject({ phone: '+12025550111' })
  })

  it('are asked about changes of the same lines, and one can keep the own', async () => {
    const product = await make('product', { name: 'Sensor', list_price: { amount: '100', currency: 'USD' } })
    const opportunity = await make('opportunity', { title: 'Cold chain', account })
    const line = { product, quantity: '2', discount: '0' }
    const quote = await make('quote', { opportunity, lines: [line, line] })
    for (const person of [ana, ben]) await person.open(`/o/quote/${quote}`)
    await ben.page.getByRole('textbox', { name: 'Quantity, line 1' }).fill('7')
    await ana.page.getByRole('textbox', { name: 'Quantity, line 1' }).fill('5')
    await ana.page.getByRole('button', { name: 'Remove line 2' }).click()
    await ana.page.getByRole('button', { name: 'Save the lines' }).click()
    await ana.page.getByText('The lines are saved').first().waitFor()
    await ben.page.getByRole('button', { name: 'Save the lines' }).click()
    const dialog = ben.page.getByRole('dialog', { name: '“Lines” was changed by someone else' })
    await dialog.getByText('1 line', { exact: true }).waitFor()
    await dialog.getByText('2 lines').waitFor()
    await dialog.getByRole('button', { name: 'Keep mine' }).click()
    await dialog.waitFor({ state: 'detached' })
    await ben.page.getByText('Changes to the lines are not saved yet.').waitFor({ state: 'detached' })
    expect((await list('quote', `record.id == '${quote}'`, ['net_total']))[0]).toMatchObject({
      net_total: { amount: '900' },
    })
    await ben.page.getByRole('region', { name: 'Timeline' }).getByText('Quantity 5 7').waitFor()
  })

  /** Ben types while Ana saves the same field; the question that Ben gets then. */
  async function clash() {
    await begin(ben, 'Phone', '+12025550143')
    await change(ana, 'Phone', '+12025550111')
    await finish(ben)
    const dialog = ben.page.getByRole('dialog', { name: '“Phone” was changed by someone else' })
    await dialog.getByText('5550111').waitFor()
    await dialog.getByText('5550143').waitFor()
    return dialog
  }

  async function stored() {
    const [row] = await list('account', `record.id == '${account}'`, ['phone', 'website'])
    return row
  }
})

async function begin({ page, fill }: Person, field: string, text: string): Promise<void> {
  await page.getByRole('button', { name: `Edit ${field}` }).click()
  await fill(field, text)
}

async function finish({ page }: Person): Promise<void> {
  await page.keyboard.press('Enter')
}

async function change(person: Person, field: string, text: string): Promise<void> {
  const saved = person.page.waitForResponse((response) => response.request().method() === 'PATCH')
  await begin(person, field, text)
  await finish(person)
  await saved
}

async function shows({ page }: Person, text: string): Promise<void> {
  await page.getByRole('main').getByText(text).first().waitFor()
}
