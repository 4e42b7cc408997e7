import { afterAll, expect, inject, it } from 'vitest'
import type { Page } from 'playwright-core'
import { totpAt } from '../../platform/server/identity/second-factor/totp.ts'
import { launchBrowser } from '../harness/browser/launch-browser.ts'
import { freshDatabase } from '../harness/fresh-database.ts'
import { declarations } from '../server/declarations.ts'
import { password, serveLibrary } from '../server/serve-library.ts'
import { visitor } from './person.ts'

const treasurer = {
  name: 'treasurer',
  label: 'Treasurer',
  second_factor: 'required',
  objects: { book: { read: 'all' } },
}
const database = await freshDatabase()
const { origin, person } = await serveLibrary(database, {
  documents: { ...declarations, role: { ...declarations.role, treasurer } },
  settings: { interfaceFolder: inject('interfaceFolder') },
})
const browser = await launchBrowser()
afterAll(() => browser.close())

const codeOf = (secret: string, ahead: number) => totpAt(secret, Math.floor(Date.now() / 30_000) + ahead)

async function enter(page: Page, email: string, secret = password) {
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password').fill(secret)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

/** Reads the key beside the QR code, confirms it by a code, and gives the key and the recovery codes. */
async function enrol(page: Page) {
  await page.getByLabel('Present password').last().fill(password)
  await page.getByRole('button', { name: 'Go on' }).click()
  await page.getByRole('img', { name: 'QR code for the authenticator app' }).waitFor()
  const key = (await page.locator('code').first().innerText()).replaceAll(' ', '')
  await page.getByLabel('Code of the app').fill('000000')
  await page.getByRole('button', { name: 'Confirm' }).click()
  await page.getByRole('alert').filter({ hasText: 'The code is not right' }).waitFor()
  await page.getByLabel('Code of the app').fill(codeOf(key, -1))
  await page.getByRole('button', { name: 'Confirm' }).click()
  const codes = page.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem')
  await codes.first().waitFor()
  const recovery = await codes.allInnerTexts()
  await page.getByRole('button', { name: 'I have kept them' }).click()
  return { key, recovery }
}

it('leads who needs a second factor to it before anything else, and asks for it from then on', async () => {
  await person('Uma', ['treasurer'])
  const page = await visitor(browser, { origin })
  await enter(page, 'uma@example.com')
  await page.getByRole('heading', { name: 'Set up a second factor' }).waitFor()
  await page.goto('/o/book')
  await page.getByRole('heading', { name: 'Set up a second factor' }).waitFor()
  const { key, recovery } = await enrol(page)
  await page.getByRole('button', { name: 'Account of Uma' }).waitFor()
  expect(new URL(page.url()).pathname).toBe('/o/book')
  await page.context().close()

  const again = await visitor(browser, { origin })
  await enter(again, 'uma@example.com')
  await again.getByLabel(/^Code /).fill('123456')
  await again.getByRole('button', { name: 'Sign in' }).click()
  await again.getByRole('alert').filter({ hasText: 'The code is not right' }).waitFor()
  await again.getByLabel(/^Code /).fill(codeOf(key, 0))
  await again.getByRole('button', { name: 'Sign in' }).click()
  await again.getByRole('button', { name: 'Account of Uma' }).waitFor()
  await again.context().close()

  const lost = await visitor(browser, { origin })
  await enter(lost, 'uma@example.com')
  await lost.getByLabel(/^Code /).fill(recovery[0]!)
  await lost.getByRole('button', { name: 'Sign in' }).click()
  await lost.getByRole('button', { name: 'Account of Uma' }).waitFor()
  await lost.context().close()
})

it('lets a person change the password, set a second factor up and end other sessions, on one page', async () => {
  await person('Ada', ['librarian'])
  const page = await visitor(browser, { origin })
  await enter(page, 'ada@example.com')
  await page.getByRole('button', { name: 'Account of Ada' }).click()
  await page.getByRole('menuitem', { name: 'Sign-in and security' }).click()
  const section = (name: string) => page.getByRole('region', { name })

  const passwords = section('Password')
  await passwords.getByLabel('Present password').fill(password)
  for (const label of ['New password', 'The same password again'])
    await passwords.getByLabel(label).fill('password1234')
  await passwords.getByRole('button', { name: 'Change the password' }).click()
  await passwords.getByRole('alert').filter({ hasText: 'Many people use this password' }).waitFor()

  const other = await visitor(browser, { origin })
  await enter(other, 'ada@example.com')
  await other.getByRole('button', { name: 'Account of Ada' }).waitFor()
  await page.reload()
  await section('Where you are signed in').getByRole('button', { name: 'End the session of Chrome' }).click()
  await section('Where you are signed in')
    .getByRole('button', { name: 'End all other sessions' })
    .waitFor({ state: 'detached' })
  await other.goto('/')
  await other.getByLabel('E-mail').waitFor()
  await other.context().close()

  await section('Second factor').getByRole('button', { name: 'Set up a second factor' }).click()
  await enrol(page)
  await section('Second factor').getByText('10 recovery codes are left.').waitFor()
  await section('Second factor').getByRole('button', { name: 'Remove the second factor' }).click()
  await section('Second factor').getByLabel('Present password').fill(password)
  await section('Second factor').getByRole('button', { name: 'Remove the second factor' }).click()
  await section('Second factor').getByRole('button', { name: 'Set up a second factor' }).waitFor()
  await page.context().close()
})

it('speaks Chinese too', async () => {
  await person('Bo', ['librarian'])
  const page = await visitor(browser, { origin })
  await enter(page, 'bo@example.com')
  await page.getByRole('button', { name: 'Account of Bo' }).waitFor()
  await page.evaluate(() =>
    fetch('/api/session', {
      method: 'PATCH',
      headers: { 'content-type': 'application/json', 'tessera-request': '1' },
      body: JSON.stringify({ locale: 'zh-CN' }),
    }),
  )
  await page.goto('/account/security')
  for (const name of ['密码', '第二重验证', '您登录的位置'])
    await page.getByRole('region', { name }).waitFor()
  await page.context().close()
})
