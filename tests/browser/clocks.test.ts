import { afterAll, beforeAll, expect, inject, it, vi } from 'vitest'
import { buildModel } from '../../platform/definitions/index.ts'
import { publishModel } from '../../platform/publishing/index.ts'
import { launchBrowser } from '../harness/browser/launch-browser.ts'
import { administratorOf } from './administrator.ts'
import { companyDatabase } from './company-database.ts'
import { signedIn, type Person } from './person.ts'
import { serveCompany, tenant } from './serve-company.ts'

const database = await companyDatabase()
const company = await serveCompany(database, inject('interfaceFolder'))
const browser = await launchBrowser()
let seller: Person
let lead: string

const promises = {
  contact: {
    label: { en: 'First contact', 'zh-CN': '首次联系' },
    target: 'PT4H',
    starts_when: 'true',
    stops_when: "record.status == 'working'",
  },
  reply: {
    label: { en: 'Reply', 'zh-CN': '答复' },
    target: 'PT30M',
    starts_when: 'true',
    pauses_when: "record.status == 'new'",
    stops_when: "record.status == 'disqualified'",
  },
  look: {
    label: { en: 'First look', 'zh-CN': '首次查看' },
    target: 'PT0S',
    starts_when: 'true',
    stops_when: "record.status == 'disqualified'",
    escalations: {
      owner: {
        type: 'breach',
        label: { en: 'Owner told', 'zh-CN': '已通知负责人' },
        actions: [{ type: 'notify', params: { to: 'record.owner', text: "'Nobody looked'" } }],
      },
    },
  },
}

beforeAll(async () => {
  const served = await company.parts.models.current(tenant)
  // Before the one that the packages promise.
  const care = { name: 'care', label: 'Care', object: 'lead', order: 1, promises }
  const { model } = buildModel({
    documents: { ...served.documents, service_level: { ...served.documents.service_level, care } },
    settings: served.settings,
    packages: served.packages,
  })
  if (model === undefined) throw new Error('The service level is not sound.')
  await publishModel({ database, tenant, model, settleMs: 0 })
  const isServed = async () => expect((await company.parts.models.current(tenant)).hash).toBe(model.hash)
  await vi.waitFor(isServed, { timeout: 15_000 })
  const { make, employ } = await administratorOf(company)
  const email = 'sam@example.com'
  const owner = await employ({ name: 'Sam Seller', email, roles: ['seller'] })
  lead = await make('lead', { name: 'Lin Xiao', email: 'lin@chengyuan.example', owner })
  seller = await signedIn(browser, { origin: company.origin, email })
})
afterAll(async () => {
  await browser.close()
  await company.close()
})

const promised = () =>
  seller.page
    .getByRole('region', { name: /^(Promises|服务承诺)$/ })
    .getByRole('listitem')
    .allInnerTexts()
    .then((items) => items.map((text) => text.split('\n').slice(0, 2).join(': ')))

it('shows how much time is left, what is late and what is paused, and counts on by the minute', async () => {
  await seller.page.clock.install()
  await seller.open(`/o/lead/${lead}`)
  await expect
    .poll(promised, { timeout: 15_000 })
    .toEqual([
      expect.stringMatching(/^First contact: (4 hr|3 hr 59 min) left$/),
      'Reply: Paused · 30 min left',
      expect.stringMatching(/^First look: [12] min late$/),
    ])
  await seller.page.getByText('Owner told').waitFor()
  await seller.page.clock.fastForward(3 * 60_000)
  await expect
    .poll(promised, { timeout: 15_000 })
    .toEqual([
      expect.stringMatching(/^First contact: 3 hr 5[5-7] min left$/),
      'Reply: Paused · 30 min left',
      expect.stringMatching(/^First look: [3-5] min late$/),
    ])
})

it('follows the record: what is kept says so, and what was paused goes on', async () => {
  await seller.send('Start working')
  await expect.poll(promised, { timeout: 15_000 }).toContain('First contact: Kept')
  await expect.poll(promised, { timeout: 15_000 }).toContain('Reply: 30 min left')
})

it('says it in Chinese', async () => {
  await seller.speak('简体中文')
  await expect.poll(promised, { timeout: 15_000 }).toContain('首次联系: 已达成')
  await expect.poll(promised, { timeout: 15_000 }).toContain('答复: 剩余30分钟')
})
