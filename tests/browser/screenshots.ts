import { mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { Page } from 'playwright-core'
import { launchBrowser } from '../harness/browser/launch-browser.ts'
import { openDemonstration } from './demonstration.ts'
import { signedIn, visitor, type Person } from './person.ts'
import { pictures, type Picture } from './pictures.ts'

/**
 * Pictures of the main pages on the demonstration data: wide and narrow, light and dark, in both languages.
 * `npm run screenshots -- [FOLDER] [--only PATTERN]`: the folder is one for temporary files unless it is named, the
 * pattern (a regular expression) chooses by the name of the file, such as `quote-wide-light-en`.
 */
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { only: { type: 'string', default: '' } },
})
const folder = resolve(positionals[0] ?? join(tmpdir(), 'tessera-screenshots'))
const wanted = new RegExp(values.only)
await mkdir(folder, { recursive: true })

const sizes = {
  wide: { viewport: { width: 1440, height: 900 } },
  narrow: { viewport: { width: 390, height: 844 }, isPhone: true },
} as const
const locales = { en: 'English', 'zh-CN': '简体中文' } as const
const schemes = ['light', 'dark'] as const

const demonstration = await openDemonstration(print)
const shown = await pictures(demonstration)
const browser = await launchBrowser()
try {
  for (const size of ['wide', 'narrow'] as const) await photograph(size)
} finally {
  await browser.close()
  await demonstration.close()
}
print(`The pictures are in ${folder}.`)

async function photograph(size: keyof typeof sizes): Promise<void> {
  const { origin } = demonstration
  const door = await visitor(browser, { origin, ...sizes[size] })
  for (const [name, address] of Object.entries({ 'sign-in': '/sign-in', welcome: '/welcome?token=none' }))
    for (const { locale, colorScheme, path } of looks(name, size)) {
      await door.goto(address)
      await door.emulateMedia({ colorScheme })
      await door.getByRole('button', { name: locales[locale] }).click()
      await settle(door)
      await door.screenshot({ path })
    }
  await door.context().close()
  for (const role of ['manager', 'administrator'] as const) {
    const own = shown.filter((picture) => picture.by === role)
    if (own.every((picture) => looks(picture.name, size).length === 0)) continue
    const email = demonstration[role]
    const person = await signedIn(browser, { origin, email, ...sizes[size] })
    for (const picture of own) await photographPage(person, picture, size)
    await person.close()
  }
}

async function photographPage(person: Person, picture: Picture, size: keyof typeof sizes): Promise<void> {
  const { page } = person
  for (const { locale, colorScheme, path } of looks(picture.name, size)) {
    await page.emulateMedia({ colorScheme })
    const headers = { 'tessera-request': '1' }
    await page.request.patch('/api/session', { data: { locale }, headers })
    await person.open(picture.path)
    await page.getByRole('banner').waitFor()
    await settle(page)
    await picture.arrange?.(page)
    await settle(page)
    await page.screenshot({ path })
  }
}

/** The wanted pictures of a page at a size. */
function looks(name: string, size: keyof typeof sizes) {
  return schemes
    .flatMap((colorScheme) =>
      (Object.keys(locales) as (keyof typeof locales)[]).map((locale) => ({
        colorScheme,
        locale,
        file: `${name}-${size}-${colorScheme}-${locale.slice(0, 2)}`,
      })),
    )
    .filter(({ file }) => wanted.test(file))
    .map(({ file, ...look }) => ({ ...look, path: join(folder, `${file}.png`) }))
}

/** Until nothing is being loaded or drawn any more: live updates keep a connection open, so the network never tells. */
async function settle(page: Page): Promise<void> {
  await page.waitForFunction("document.fonts.status === 'loaded' && document.querySelector('main')")
  for (let before = '', now = ' '; before !== now || /skeleton|aria-busy="true"/.test(now);) {
    await page.waitForTimeout(200)
    before = now
    now = await page.content()
  }
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}
