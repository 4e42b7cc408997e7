import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { publishProject } from '../../platform/publishing/index.ts'
import { ensureAdministrator } from '../../platform/server/run/first-administrator.ts'
import { launchBrowser } from '../harness/browser/launch-browser.ts'
import { repository } from '../packages/shipped-packages.ts'
import { administratorOf } from './administrator.ts'
import { companyDatabase } from './company-database.ts'
import { importWizard } from './import-wizard.ts'
import { signedIn, type Person } from './person.ts'
import { administrator, serveCompany } from './serve-company.ts'

const database = await companyDatabase()
const company = await serveCompany(database, inject('interfaceFolder'))
const browser = await launchBrowser()
const project = await mkdtemp(join(tmpdir(), 'tessera-project-'))

afterAll(async () => {
  await browser.close()
  await company.close()
  await rm(project, { recursive: true })
})

describe('somebody who works in two tenants', () => {
  let admin: Person

  beforeAll(async () => {
    const tenant = 'daughter'
    const daughter = { label: { en: 'Daughter', 'zh-CN': '子公司' }, packages: ['crm'], currency: 'CNY' }
    await writeFile(join(project, 'tessera.project.json'), JSON.stringify({ tenants: { daughter } }))
    await publishProject({ folder: project, shippedFolder: repository, database, tenant, settleMs: 0 })
    const { models } = company.parts
    const environment = { TESSERA_ADMIN_EMAIL: administrator }
    await ensureAdministrator({ database, models, tenant, environment })
    const { make } = await administratorOf(company)
    await make('account', { name: 'Customer of the mother' })
    admin = await signedIn(browser, { origin: company.origin, email: administrator })
  })
  afterAll(() => admin.close())

  it('goes over to the other, and sees nothing of the first there', async () => {
    const { page, open } = admin
    await open('/o/account')
    await page.getByRole('grid').getByText('Customer of the mother').waitFor()
    await page.getByRole('button', { name: 'Account of Administrator' }).click()
    await page.getByRole('menuitemcheckbox', { name: 'Daughter' }).click()
    await page.waitForURL((url) => url.pathname !== '/o/account')
    await open('/o/account')
    await page.getByText('No Accounts yet').waitFor()
    expect(await page.getByText('Customer of the mother').count()).toBe(0)
  })

  it('stays in it after a reload', async () => {
    await admin.page.reload()
    await admin.page.getByText('No Accounts yet').waitFor()
  })

  it('downloads the refused rows of an import there', async () => {
    const { page } = admin
    const wizard = importWizard(admin)
    const file = await csv('people', ['Name,Website', 'Good,https://good.example', 'Bad,not an address'])
    await wizard.take(file, { object: 'account', columns: {}, key: 'Name' })
    expect(await wizard.tryOut()).toEqual({ created: 1, updated: 0, refused: 1 })
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download as CSV' }).click(),
    ])
    expect(download.suggestedFilename()).toMatch(/^problems-.+\.csv$/)
    expect(await readFile(await download.path(), 'utf8')).toMatch(/Bad,not an address/)
  })

  it('stops an import, and what came before stays', async () => {
    const { page } = admin
    const wizard = importWizard(admin)
    const rows = Array.from({ length: 6_000 }, (_, at) => `Company ${at}`)
    await wizard.take(await csv('many', ['Name', ...rows]), { object: 'account', columns: {}, key: 'Name' })
    expect(await wizard.tryOut()).toEqual({ created: 6_000, updated: 0, refused: 0 })
    await page.getByRole('button', { name: 'Import 6,000 rows' }).click()
    await page.getByText(/^[1-9][\d,]* of 6,000 rows$/).waitFor()
    await page.getByRole('button', { name: 'Stop the import' }).click()
    await page.getByRole('status').filter({ hasText: 'The import was stopped' }).waitFor()
    const created = Number((await page.getByRole('definition').first().innerText()).replaceAll(',', ''))
    expect(created).toBeGreaterThan(0)
    expect(created).toBeLessThan(6_000)
    await page.getByRole('link', { name: 'Show Accounts' }).click()
    await page
      .getByRole('grid')
      .getByText(`${created.toLocaleString('en')} records`)
      .waitFor()
  })

  async function csv(name: string, lines: readonly string[]): Promise<string> {
    const file = join(project, `${name}.csv`)
    await writeFile(file, lines.join('\n'))
    return file
  }
})
