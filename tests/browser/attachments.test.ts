import { readFile } from 'node:fs/promises'
import axe from 'axe-core'
import type { AxeResults } from 'axe-core'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { launchBrowser } from '../harness/browser/launch-browser.ts'
import { administratorOf } from './administrator.ts'
import { companyDatabase } from './company-database.ts'
import { signedIn, type Person } from './person.ts'
import { serveCompany } from './serve-company.ts'

const company = await serveCompany(await companyDatabase(), inject('interfaceFolder'))
const browser = await launchBrowser()
const { origin } = company
const email = 'mia@example.com'
const paths: Record<string, string> = {}
let mia: Person

beforeAll(async () => {
  const { make, employ } = await administratorOf(company)
  const owner = await employ({ name: 'Mia Chief', email, roles: ['sales_manager'] })
  const lead = await make('lead', { name: 'Lin Xiao', email: 'lin@example.org', owner })
  const product = await make('product', { name: 'Sensor', list_price: { amount: '100', currency: 'USD' } })
  Object.assign(paths, { lead: `/o/lead/${lead}`, product: `/o/product/${product}` })
  mia = await signedIn(browser, { origin, email })
})
afterAll(async () => {
  await browser.close()
  await company.close()
})

const file = (name: string, text = 'Rent is due.', mimeType = 'text/plain') => ({
  name,
  mimeType,
  buffer: Buffer.from(text),
})
const attachmentsOf = (page: Page) => page.getByRole('region', { name: 'Attachments' })
const choose = (place: Locator, ...files: ReturnType<typeof file>[]) =>
  place.getByLabel('Attach files').first().setInputFiles(files)

/** Drops a file as if it came from the desktop. */
async function drop(place: Locator, name: string): Promise<void> {
  const transfer = await place.page().evaluateHandle(`(() => {
    const data = new DataTransfer()
    data.items.add(new File(['Dropped.'], ${JSON.stringify(name)}, { type: 'text/plain' }))
    return data
  })()`)
  for (const event of ['dragenter', 'dragover', 'drop'])
    await place.dispatchEvent(event, { dataTransfer: transfer })
}

it('takes files at a record by button and by drop, and gives them back', async () => {
  const { page } = mia
  await mia.open(paths.lead as string)
  const section = attachmentsOf(page)
  await section.getByText('No files yet. Drop some here, or choose them.').waitFor()
  await choose(section, file('合同.txt'), file('lease.txt', 'A lease.'))
  await section.getByRole('button', { name: 'Download lease.txt' }).waitFor()
  await section.getByRole('button', { name: 'Download 合同.txt' }).waitFor()
  await section.getByText('0.1 kB · Mia Chief').first().waitFor()
  await drop(section.getByRole('group', { name: 'Attachments' }), 'dropped.txt')
  await section.getByRole('button', { name: 'Download dropped.txt' }).waitFor()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    section.getByRole('button', { name: 'Download lease.txt' }).click(),
  ])
  expect(download.suggestedFilename()).toBe('lease.txt')
  expect(await readFile(await download.path(), 'utf8')).toBe('A lease.')
  await page.getByRole('region', { name: 'Timeline' }).getByText('attached dropped.txt').waitFor()
  expect(await violations(page)).toEqual([])
})

it('removes a file by the keyboard, and brings it back', async () => {
  const { page } = mia
  const section = attachmentsOf(page)
  const remove = section.getByRole('button', { name: 'Remove lease.txt' })
  await remove.focus()
  await page.keyboard.press('Enter')
  await remove.waitFor({ state: 'detached' })
  await page.getByText('lease.txt removed').waitFor()
  await page.getByRole('button', { name: 'Undo' }).click()
  await remove.waitFor()
  await page.getByRole('region', { name: 'Timeline' }).getByText('brought the file lease.txt back').waitFor()
})

it('says why a file is not taken, and sends it again', async () => {
  const { page } = mia
  const section = attachmentsOf(page)
  await choose(section, file('empty.txt', ''))
  await section.getByText('is empty').waitFor()
  await page.route('**/attachments?*', (route) => route.abort())
  await choose(section, file('later.txt'))
  await section.getByText('Check your connection.').waitFor()
  await page.unroute('**/attachments?*')
  expect(await violations(page)).toEqual([])
  await section.getByRole('button', { name: 'Send later.txt again' }).click()
  await section.getByRole('button', { name: 'Download later.txt' }).waitFor()
  await section.getByRole('button', { name: 'Leave empty.txt out' }).click()
  await section.getByText('is empty').waitFor({ state: 'detached' })
})

it('refuses what is too large before it is sent', async () => {
  const { page } = mia
  const section = attachmentsOf(page)
  const sent: string[] = []
  page.on('request', (request) => {
    if (request.method() === 'POST' && request.url().includes('/attachments?')) sent.push(request.url())
  })
  await choose(section, file('film.mp4', 'x'.repeat(26 * 1024 * 1024)))
  await section.getByText('This has 26 MB; a file can have 25 MB at most.').waitFor()
  expect(sent).toEqual([])
})

it('shows files where none can be added, and says why', async () => {
  const { page } = mia
  await mia.open(paths.product as string)
  const section = attachmentsOf(page)
  await section.getByText('No files yet.').waitFor()
  await section.getByText('Your role lets you read the files here, but not add any.').waitFor()
  expect(await section.getByRole('button').count()).toBe(0)
  expect(await violations(page)).toEqual([])
})

it('takes files at work, which the record and the log show', async () => {
  const { page } = mia
  await mia.open('/work')
  await page.getByRole('option', { name: /Lin Xiao/ }).click()
  const card = page.getByRole('complementary', { name: 'Selected work' })
  await choose(card, file('opinion.txt'))
  await card.getByRole('button', { name: 'Download opinion.txt' }).waitFor()
  await card.getByText('What was done with it').click()
  await card.getByText('Mia Chief attached opinion.txt').waitFor()
  expect(await violations(page)).toEqual([])
  await mia.open(paths.lead as string)
  const row = attachmentsOf(page).getByRole('listitem').filter({ hasText: 'opinion.txt' })
  await row.getByText('With the work').waitFor()
})

it('is of use on a phone, in Chinese', async () => {
  const viewport = { width: 360, height: 740 }
  const phone = await signedIn(browser, { origin, email, viewport, isPhone: true })
  const { page } = phone
  await phone.speak('简体中文')
  await phone.open(paths.lead as string)
  const section = page.getByRole('region', { name: '附件' })
  const long = `${'很长的文件名'.repeat(20)}.txt`
  await section.getByLabel('上传附件').first().setInputFiles(file(long))
  await section.getByRole('button', { name: `下载 ${long}` }).waitFor()
  expect(await page.evaluate('innerWidth')).toBe(360)
  expect(await violations(page)).toEqual([])
  await section.getByRole('button', { name: `移除 ${long}` }).click()
  await page.getByRole('button', { name: '撤销' }).waitFor()
  await phone.close()
})

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source)
  const options = { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }
  const results = (await page.evaluate(`axe.run(document, ${JSON.stringify(options)})`)) as AxeResults
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary ?? ''}`),
  )
}
