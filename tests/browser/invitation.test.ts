import { afterAll, expect, inject, it } from 'vitest'
import { launchBrowser } from '../harness/browser/launch-browser.ts'
import { administratorOf } from './administrator.ts'
import { companyDatabase } from './company-database.ts'
import { signedIn, visitor } from './person.ts'
import { administrator, serveCompany } from './serve-company.ts'

const company = await serveCompany(await companyDatabase(), inject('interfaceFolder'))
const browser = await launchBrowser()
const { origin } = company
const { make } = await administratorOf(company)

afterAll(async () => {
  await browser.close()
  await company.close()
})

let link: string

it('is made by an administrator on the page of a person', async () => {
  const noor = await make('user', { name: 'Noor New', email: 'noor@example.com', roles: ['seller'] })
  const { page, open, close } = await signedIn(browser, { origin, email: administrator })
  await open(`/o/user/${noor}`)
  await page.getByRole('heading', { name: 'Noor New', level: 1 }).waitFor()
  await page.getByRole('main').getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: 'Invite to sign in' }).click()
  link = await page.getByRole('dialog', { name: 'Invitation for Noor New' }).getByLabel('Link').inputValue()
  expect(link).toMatch(new RegExp(`^${origin}/welcome\\?token=`))
  await close()
})

it('lets the person choose a password and in', async () => {
  const page = await visitor(browser, { origin })
  await page.goto(link)
  await page.getByLabel('E-mail').fill('noor@example.com')
  await page.getByLabel('New password').fill('too short')
  await page.getByLabel('The same password again').fill('too short')
  const accept = page.getByRole('button', { name: 'Set the password and sign in' })
  await accept.click()
  await page.getByRole('alert').filter({ hasText: 'at least 10 characters' }).waitFor()
  await page.getByLabel('New password').fill('a very good password')
  await accept.click()
  await page.getByRole('alert').filter({ hasText: 'different' }).waitFor()
  await page.getByLabel('The same password again').fill('a very good password')
  await accept.click()
  await page.getByRole('button', { name: 'Account of Noor New' }).waitFor()
  await page.context().close()
})

it('works once, and says so in Chinese too', async () => {
  const page = await visitor(browser, { origin })
  await page.goto(link)
  await page.getByRole('button', { name: '简体中文' }).click()
  await page.getByLabel('邮箱').fill('noor@example.com')
  await page.getByLabel('新密码').fill('another good password')
  await page.getByLabel('再次输入密码').fill('another good password')
  await page.getByRole('button', { name: '设置密码并登录' }).click()
  await page.getByRole('alert').filter({ hasText: '此邀请已被使用或已过期' }).waitFor()
  await page.context().close()
})
