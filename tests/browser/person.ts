import type { Browser, Locator, Page } from 'playwright-core'
import { password } from './serve-company.ts'

/** Where on the page something is looked for: the page itself or a part of it. */
type Place = Page | Locator

/** Somebody at a browser of their own: what they click and type, by the words that they read. */
export interface Person {
  readonly page: Page
  /** Opens an address of the product. */
  open(path: string): Promise<void>
  /** Chooses an entry of the navigation. */
  goTo(entry: string): Promise<void>
  /** Picks an option of a field by typing the beginning of its text. */
  pick(label: string, option: string, place?: Place): Promise<void>
  fill(label: string, text: string, place?: Place): Promise<void>
  /** Opens the form of a new record by its button, fills it in and creates the record. */
  create(button: string, fillIn: (form: Locator) => Promise<void>): Promise<void>
  /** Clicks the button of a process event, fills its form in, and confirms it. */
  send(event: string, fillIn?: (form: Locator) => Promise<void>): Promise<void>
  /** Waits until the path of the record's process stands at a state. */
  standsAt(state: string): Promise<void>
  /** Switches the language of the interface, from English. */
  speak(language: string): Promise<void>
  close(): Promise<void>
}

export interface Appearance {
  readonly viewport?: { width: number; height: number }
  readonly colorScheme?: 'light' | 'dark'
  /** A screen under a finger: nothing is ever hovered over. */
  readonly isPhone?: boolean
}

/** Opens a browser window of its own and signs in through the front door. */
export async function signedIn(
  browser: Browser,
  { origin, email, ...appearance }: Appearance & { origin: string; email: string },
): Promise<Person> {
  const page = await visitor(browser, { origin, ...appearance })
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('banner').waitFor()
  return personAt(page)
}

/** A browser window of its own, at the door. */
export async function visitor(
  browser: Browser,
  {
    origin,
    viewport = { width: 1440, height: 900 },
    colorScheme = 'light',
    isPhone = false,
  }: Appearance & { origin: string },
): Promise<Page> {
  const context = await browser.newContext({
    baseURL: origin,
    locale: 'en-US',
    timezoneId: 'UTC',
    reducedMotion: 'reduce',
    viewport,
    colorScheme,
    isMobile: isPhone,
    hasTouch: isPhone,
    deviceScaleFactor: isPhone ? 2 : 1,
  })
  context.setDefaultTimeout(20_000)
  const page = await context.newPage()
  await page.goto('/')
  return page
}

function personAt(page: Page): Person {
  const pick: Person['pick'] = async (label, option, place = page) => {
    // The name of the button goes on with what is chosen so far.
    const button = new RegExp(`^${RegExp.escape(label)}( \\(.*?\\))?(:| |$)`)
    await place.getByRole('button', { name: button }).first().click()
    const box = page.getByRole('combobox', { name: named(label) })
    await box.fill(option)
    await page
      .getByRole('listbox', { name: named(label) })
      .getByRole('option')
      .filter({ hasText: option })
      .first()
      .click()
    await box.waitFor({ state: 'detached' })
  }
  return {
    page,
    pick,
    async open(path) {
      await page.goto(path)
    },
    async goTo(entry) {
      await page.getByRole('navigation', { name: 'Navigation' }).getByRole('link', { name: entry }).click()
    },
    async fill(label, text, place = page) {
      await place.getByRole('textbox', { name: named(label) }).fill(text)
    },
    async create(button, fillIn) {
      await page.getByRole('main').getByRole('button', { name: button }).first().click()
      const form = page.getByRole('dialog', { name: button })
      await fillIn(form)
      await form.getByRole('button', { name: 'Create', exact: true }).last().click()
      await form.waitFor({ state: 'detached' })
    },
    async send(event, fillIn) {
      await page.getByRole('main').getByRole('button', { name: event, exact: true }).click()
      const dialog = page.getByRole('dialog', { name: event })
      if (fillIn !== undefined) {
        await fillIn(dialog)
        await dialog.getByRole('button', { name: event, exact: true }).last().click()
      }
      await dialog.waitFor({ state: 'detached' })
    },
    async standsAt(state) {
      await page.locator('[aria-current="step"]', { hasText: state }).waitFor()
    },
    async speak(language) {
      await page.getByRole('button', { name: /^Account of / }).click()
      const saved = page.waitForResponse((answer) => answer.url().endsWith('/api/session'))
      await page.getByRole('menuitemcheckbox', { name: language }).click()
      await saved
      await page.keyboard.press('Escape')
    },
    close: () => page.context().close(),
  }
}

/** A label as it is read out: with or without the remark that the field is required. */
function named(label: string): RegExp {
  return new RegExp(`^${RegExp.escape(label)}( \\(.*\\))?$`)
}
