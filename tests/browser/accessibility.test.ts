import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { launchBrowser } from '../harness/browser/launch-browser.ts'
import { administratorOf } from './administrator.ts'
import { companyDatabase } from './company-database.ts'
import { signedIn, visitor, type Person } from './person.ts'
import { serveCompany } from './serve-company.ts'
import { violations, wcag as every } from './violations.ts'

const company = await serveCompany(await companyDatabase(), inject('interfaceFolder'))
const browser = await launchBrowser()
const { origin } = company
const email = 'mia@example.com'
let quote: string

beforeAll(async () => {
  const { make, employ } = await administratorOf(company)
  const mia = await employ({ name: 'Mia Chief', email, roles: ['sales_manager', 'operations'] })
  const product = await make('product', { name: 'Sensor', list_price: { amount: '100', currency: 'USD' } })
  const account = await make('account', { name: 'Chengyuan 澄远科技', sector: 'technology', owner: mia })
  await make('lead', { name: 'Lin Xiao', email: 'lin@chengyuan.example', owner: mia })
  const opportunity = await make('opportunity', { title: 'Cold chain', account, owner: mia })
  quote = await make('quote', { opportunity, owner: mia, lines: [{ product, quantity: '2', discount: '5' }] })
})

afterAll(async () => {
  await browser.close()
  await company.close()
})

/** Colours depend on the theme, names on the language: each is looked at once for each page. */
const colours = { runOnly: ['color-contrast'] }
const names = { ...every, rules: { 'color-contrast': { enabled: false } } }

describe.each([
  { language: 'English', colorScheme: 'light', rules: every },
  { language: 'English', colorScheme: 'dark', rules: colours },
  { language: '简体中文', colorScheme: 'light', rules: names },
] as const)('in $language, $colorScheme', ({ language, colorScheme, rules }) => {
  let person: Person

  beforeAll(async () => {
    person = await signedIn(browser, { origin, email, colorScheme })
    if (language !== 'English') await person.speak(language)
  })
  afterAll(async () => {
    if (language !== 'English') await person.page.request.patch('/api/session', english)
    await person.close()
  })

  it.each([
    ['signing in', '/sign-in'],
    ['an invitation', '/welcome?token=none'],
  ])('%s meets WCAG 2.2 AA', async (_name, path) => {
    const page = await visitor(browser, { origin, colorScheme })
    await page.goto(path)
    await page.getByRole('button', { name: language }).click()
    await page.getByRole('textbox').first().waitFor()
    expect(await violations(page, rules)).toEqual([])
    await page.context().close()
  })

  const places = [
    ['a list', '/o/account?view=account_all', 'Chengyuan 澄远科技'],
    ['a board', '/o/opportunity?view=opportunity_board', 'Cold chain'],
    ['the work', '/work', 'Lin Xiao'],
    ['an import', '/import/account', 'CSV'],
    ['the security of the account', '/account/security', 'Chrome'],
  ] as const
  it.each(places)('%s meets WCAG 2.2 AA', async (_name, path, text) => {
    await person.open(path)
    await person.page.getByRole('main').getByText(text).first().waitFor()
    expect(await violations(person.page, rules)).toEqual([])
  })

  it('a record with lines meets WCAG 2.2 AA', async () => {
    await person.open(`/o/quote/${quote}`)
    await person.page.getByRole('main').getByRole('table').first().waitFor()
    expect(await violations(person.page, rules)).toEqual([])
  })
})

describe('on a phone', () => {
  let person: Person

  beforeAll(async () => {
    person = await signedIn(browser, { origin, email, viewport: { width: 360, height: 740 }, isPhone: true })
  })
  afterAll(() => person.close())

  const places = {
    'a list': () => '/o/account?view=account_all',
    'a board': () => '/o/opportunity?view=opportunity_board',
    'a record with lines': () => `/o/quote/${quote}`,
    'the work': () => '/work',
    'an import': () => '/import/account',
    'the security of the account': () => '/account/security',
  }
  it.each(Object.entries(places))('%s is no wider than the screen', async (_name, path) => {
    await person.open(path())
    await person.page.getByRole('main').getByText(/./).first().waitFor()
    await person.page.waitForTimeout(500)
    // An element that sticks out makes the page wider, and everything on it smaller.
    expect(await person.page.evaluate('innerWidth')).toBe(360)
  })
})

const english = { data: { locale: 'en' }, headers: { 'tessera-request': '1' } }
