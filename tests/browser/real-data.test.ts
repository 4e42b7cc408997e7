import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { launchBrowser } from '../harness/browser/launch-browser.ts'
import { sharedData } from '../harness/shared-data.ts'
import { administratorOf } from './administrator.ts'
import { companyDatabase } from './company-database.ts'
import { importWizard } from './import-wizard.ts'
import { signedIn, type Person } from './person.ts'
import { administrator, serveCompany } from './serve-company.ts'

const folder = sharedData('crm-maven')
const database = await companyDatabase()
const company = await serveCompany(database, inject('interfaceFolder'))
const browser = await launchBrowser()
const { origin } = company
const { make, totals } = await administratorOf(company)

afterAll(async () => {
  await browser.close()
  await company.close()
})

describe.skipIf(folder === undefined)('the sales of a whole company', { timeout: 600_000 }, () => {
  const file = (name: string) => join(folder as string, `${name}.csv`)
  let admin: Person
  let wizard: ReturnType<typeof importWizard>

  beforeAll(async () => {
    await hire(readFileSync(file('sales_teams'), 'utf8'))
    admin = await signedIn(browser, { origin, email: administrator })
    wizard = importWizard(admin)
  })
  afterAll(() => admin.close())

  it('takes the products, whose columns it recognises', async () => {
    await wizard.take(file('products'), { object: 'product', columns: {}, key: 'Name' })
    expect(await wizard.tryOut()).toEqual({ created: 7, updated: 0, refused: 0 })
    expect(await count('product')).toBe(0)
    expect(await wizard.run()).toEqual({ created: 7, updated: 0, refused: 0 })
    expect(await count('product')).toBe(7)
  })

  it('refuses the accounts of a misspelt sector, row by row, and takes them when told what is meant', async () => {
    await wizard.take(file('accounts'), {
      object: 'account',
      columns: {
        account: 'Name',
        revenue: 'Annual revenue (millions)',
        subsidiary_of: 'Subsidiary of',
        office_location: 'Head office',
      },
      key: 'Name',
    })
    // Twelve are misspelt; one more names one of them, Acme Corporation, as its parent.
    expect(await wizard.tryOut()).toEqual({ created: 72, updated: 0, refused: 13 })
    expect(await wizard.unknown()).toEqual([
      ['sector', 'technolgy', '12'],
      ['subsidiary_of', 'Acme Corporation', '4'],
    ])
    const problems = await wizard.problems()
    expect(problems[0]).toEqual([
      '2',
      'sector',
      'technolgy',
      expect.stringContaining('"technolgy" is not one of the choices'),
    ])
    await wizard.correct('sector', 'technolgy', 'Technology')
    expect(await wizard.tryOut()).toEqual({ created: 85, updated: 0, refused: 0 })
    expect(await wizard.run()).toEqual({ created: 85, updated: 0, refused: 0 })
    expect(await count('account', "record.sector == 'technology'")).toBe(12)
    expect(await count('account', 'record.parent_account != null')).toBe(15)
  })

  it('refuses the opportunities of a product that does not exist and invents nothing', async () => {
    await wizard.take(file('sales_pipeline'), { object: 'opportunity', columns: {}, key: 'Outside number' })
    expect(await wizard.tryOut()).toEqual({ created: 7_320, updated: 0, refused: 1_480 })
    expect(await count('opportunity')).toBe(0)
    expect(await wizard.unknown()).toEqual([['product', 'GTXPro', '1,480']])
    const started = performance.now()
    expect(await wizard.run()).toEqual({ created: 7_320, updated: 0, refused: 1_480 })
    const seconds = (performance.now() - started) / 1_000
    process.stdout.write(
      `Imported 8,800 rows in ${seconds.toFixed(1)} s: ${Math.round(8_800 / seconds)} rows a second\n`,
    )
    for (const [, column, value, reason] of await wizard.problems())
      expect([column, value, reason]).toEqual([
        'product',
        'GTXPro',
        'There is no product "GTXPro" that you may see.',
      ])
    expect(await count('product')).toBe(7)
    expect(await count('account')).toBe(85)
  })

  it('takes them when told which product is meant, and nothing a second time', async () => {
    await wizard.correct('product', 'GTXPro', 'GTX Pro')
    expect(await wizard.run()).toEqual({ created: 1_480, updated: 7_320, refused: 0 })
    expect(await count('opportunity')).toBe(8_800)
    expect(await count('opportunity', 'record.account == null')).toBe(1_425)
    const won = await totals('opportunity', {
      filter: "record.stage == 'won'",
      measures: { won: { function: 'count' }, value: { function: 'sum', field: 'close_value' } },
    })
    expect(won).toEqual({ won: 4_238, value: [{ amount: '10005534', currency: 'USD' }] })
  })

  it('shows the totals of the files in the lists', async () => {
    const { page } = admin
    const footer = page.getByRole('grid').getByRole('status')
    await admin.open('/o/opportunity?view=opportunity_all')
    await footer.getByText('8,800 records').waitFor()
    await admin.open('/o/opportunity?view=opportunity_won')
    await footer.getByText('4,238 records').waitFor()
    await page.getByRole('grid').getByText('$10,005,534').waitFor()
  })

  async function count(object: string, filter?: string): Promise<unknown> {
    return (await totals(object, filter === undefined ? {} : { filter })).records
  }

  /** The file has no addresses, and everybody who works here needs one: people are made beforehand. */
  async function hire(text: string): Promise<void> {
    const rows = text.trim().split(/\r?\n/).slice(1)
    const teams = new Map<string, string>()
    const managers = new Map<string, string>()
    const address = (name: string) => `${name.toLowerCase().replaceAll(' ', '.')}@maven.example`
    for (const row of rows) {
      const [seller = '', manager = '', office = ''] = row.split(',')
      const team = teams.get(office) ?? (await make('team', { name: office }))
      teams.set(office, team)
      const chief =
        managers.get(manager) ??
        (await make('user', { name: manager, email: address(manager), roles: ['sales_manager'], team }))
      managers.set(manager, chief)
      await make('user', { name: seller, email: address(seller), roles: ['seller'], team, manager: chief })
    }
  }
})
