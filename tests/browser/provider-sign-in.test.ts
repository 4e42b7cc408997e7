import { afterAll, expect, inject, it } from 'vitest'
import { freePort } from '../../platform/server/run/free-port.ts'
import { settingsFrom } from '../../platform/server/settings.ts'
import { launchBrowser } from '../harness/browser/launch-browser.ts'
import { freshDatabase } from '../harness/fresh-database.ts'
import { password, serveLibrary } from '../server/serve-library.ts'
import { startProvider } from '../sign-in/provider.ts'
import { visitor } from './person.ts'

const port = await freePort(21_000)
const provider = await startProvider([`http://127.0.0.1:${port}/api/auth/openid/work/callback`], {
  'ada-at-work': { email: 'ada@example.com', email_verified: true },
  stranger: { email: 'stranger@example.com', email_verified: true },
})
const { signIn } = settingsFrom({
  TESSERA_OPENID: 'work',
  TESSERA_OPENID_WORK_ISSUER: provider.issuer,
  TESSERA_OPENID_WORK_CLIENT_ID: 'tessera',
  TESSERA_OPENID_WORK_CLIENT_SECRET: 'a secret of the client',
  TESSERA_OPENID_WORK_LABEL: 'Work account',
  TESSERA_OPENID_WORK_DOMAINS: 'example.com',
  TESSERA_OPENID_WORK_ONLY: '1',
})
const { origin, person } = await serveLibrary(await freshDatabase(), {
  settings: { interfaceFolder: inject('interfaceFolder'), signIn },
  port,
})
const browser = await launchBrowser()
afterAll(() => browser.close())

it('leads to the provider and back to the page that was asked for', async () => {
  await person('Ada', ['librarian'])
  const page = await visitor(browser, { origin })
  await page.goto('/account/security')
  await page.getByRole('link', { name: 'Sign in with Work account' }).click()
  await page.getByRole('heading', { name: 'Sign-in and security' }).waitFor()
  expect(new URL(page.url()).origin).toBe(origin)
  await page.context().close()
})

it('says in both languages why somebody was not let in', async () => {
  provider.be('stranger')
  const page = await visitor(browser, { origin })
  await page.getByRole('link', { name: 'Sign in with Work account' }).click()
  await page.getByRole('alert').filter({ hasText: 'nobody here has that address' }).waitFor()
  await page.getByRole('button', { name: '简体中文' }).click()
  await page.getByRole('link', { name: '使用 Work account 登录' }).click()
  await page.getByRole('alert').filter({ hasText: '这里没有使用该邮箱的人员' }).waitFor()
  await page.context().close()
})

it('says where a password is not the way', async () => {
  const page = await visitor(browser, { origin })
  await page.getByLabel('E-mail').fill('ada@example.com')
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('alert').filter({ hasText: 'sign in with a button below' }).waitFor()
  await page.context().close()
})
