import { afterAll, expect, it } from 'vitest'
import { launchBrowser } from './launch-browser.ts'

const browser = await launchBrowser()
afterAll(() => browser.close())

it('runs a page and answers', async () => {
  const page = await browser.newPage()
  await page.setContent('<button onclick="this.textContent = \'sent\'">Send</button>')
  await page.getByRole('button', { name: 'Send' }).click()
  expect(await page.getByRole('button').textContent()).toBe('sent')
  await page.close()
})

it('has Chinese letters: each is drawn differently, not as the same empty box', async () => {
  const page = await browser.newPage()
  const picture = async (text: string) => {
    await page.setContent(`<p style="font: 40px sans-serif; width: 60px">${text}</p>`)
    return (await page.locator('p').screenshot()).toString('base64')
  }
  expect(await picture('商')).not.toBe(await picture('机'))
  await page.close()
})
