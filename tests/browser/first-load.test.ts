import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { launchBrowser } from '../harness/browser/launch-browser.ts'
import { administratorOf } from './administrator.ts'
import { companyDatabase } from './company-database.ts'
import { signedIn, type Person } from './person.ts'
import { serveCompany } from './serve-company.ts'

/** What a page may load of compressed script before it is of use. */
const budget = 150_000

const interfaceFolder = inject('interfaceFolder')
const company = await serveCompany(await companyDatabase(), interfaceFolder)
const browser = await launchBrowser()
const { make, employ } = await administratorOf(company)
const paths: Record<string, string> = {
  'a list': '/o/account?view=account_all',
  'a board': '/o/opportunity?view=opportunity_board',
  'the work': '/work',
}
let person: Person

beforeAll(async () => {
  const email = 'mia@example.com'
  const owner = await employ({ name: 'Mia Chief', email, roles: ['sales_manager'] })
  const account = await make('account', { name: 'Chengyuan', owner })
  await make('lead', { name: 'Chengyuan', email: 'lin@chengyuan.example', owner })
  paths['a record'] = `/o/opportunity/${await make('opportunity', { title: 'Chengyuan', account, owner })}`
  person = await signedIn(browser, { origin: company.origin, email })
})
afterAll(async () => {
  await browser.close()
  await company.close()
})

it.each(['a list', 'a board', 'a record', 'the work'])('%s is there within the budget', async (name) => {
  const page = await person.page.context().newPage()
  const scripts = new Set<string>()
  page.on('request', (request) => {
    if (request.resourceType() === 'script') scripts.add(new URL(request.url()).pathname)
  })
  await page.goto(paths[name] as string)
  await page.getByRole('main').getByText('Chengyuan').first().waitFor()
  // What comes by itself right after the page counts too.
  await page.waitForTimeout(500)
  const texts = [...scripts].map((path) => readFileSync(join(interfaceFolder, path), 'utf8'))
  const needed = texts.filter((text) => !isLanguage(text))
  const bytes = needed.reduce((sum, text) => sum + gzipSync(text).length, 0)
  process.stdout.write(`${name}: ${(bytes / 1_000).toFixed(1)} KB of compressed script\n`)
  expect(needed.length).toBeGreaterThan(5)
  expect(bytes).toBeLessThan(budget)
  await page.close()
})

/** The expression language, which a page with conditions fetches beside its content and is drawn without. */
function isLanguage(text: string): boolean {
  return text.includes('RE2JSException')
}
