import type { Page } from 'playwright-core'
import type { Demonstration } from './demonstration.ts'

/** A page worth looking at: who opens it, where, and what is done there first, whatever the language. */
export interface Picture {
  readonly name: string
  readonly by: 'manager' | 'administrator'
  readonly path: string
  arrange?(page: Page): Promise<unknown>
}

/** The main pages of the product, on records of the demonstration data in telling states. */
export async function pictures({ find }: Demonstration): Promise<readonly Picture[]> {
  const opportunity = await find('quote', "record.status == 'sent'", 'opportunity')
  const lead = await find('lead', "record.status == 'working'")
  const draft = await find('quote', "record.status == 'draft' && record.line_count > 1")
  const sent = await find('quote', "record.status == 'sent'")
  const waiting = await find('quote', "record.status == 'in_approval'")
  const open = encodeURIComponent("record.stage == 'negotiation'")
  return [
    { name: 'list', by: 'manager', path: '/o/opportunity?view=opportunity_all' },
    {
      name: 'list-filtered',
      by: 'manager',
      path: `/o/opportunity?view=opportunity_all&filter=${open}`,
      arrange: async (page) => {
        const boxes = page.getByRole('grid').getByRole('checkbox')
        await boxes.nth(1).check()
        await boxes.nth(3).check()
      },
    },
    { name: 'board', by: 'manager', path: '/o/opportunity?view=opportunity_board' },
    { name: 'record', by: 'manager', path: `/o/opportunity/${opportunity}` },
    {
      name: 'step',
      by: 'manager',
      path: `/o/lead/${lead}`,
      arrange: (page) => page.locator('main .button-primary').first().click(),
    },
    { name: 'quote', by: 'manager', path: `/o/quote/${draft}` },
    { name: 'sent', by: 'manager', path: `/o/quote/${sent}` },
    { name: 'approval', by: 'manager', path: `/o/quote/${waiting}` },
    {
      name: 'create',
      by: 'manager',
      path: '/o/lead',
      arrange: (page) => page.locator('main .bar .button-primary').click(),
    },
    { name: 'process', by: 'manager', path: `/o/quote/${waiting}?process` },
    { name: 'work', by: 'manager', path: '/work' },
    {
      name: 'search',
      by: 'manager',
      path: '/work',
      arrange: async (page) => {
        await page.keyboard.press('Control+k')
        await page.getByRole('combobox').fill('cold')
      },
    },
    { name: 'inbox', by: 'manager', path: '/work', arrange: (page) => tool(page, -2) },
    { name: 'person', by: 'manager', path: '/work', arrange: (page) => tool(page, -1) },
    { name: 'missing', by: 'manager', path: '/o/opportunity/00000000-0000-7000-8000-000000000000' },
    {
      name: 'why',
      by: 'manager',
      path: '/o/opportunity/00000000-0000-7000-8000-000000000000',
      arrange: (page) => page.getByRole('main').getByRole('button').last().click(),
    },
    {
      name: 'rights',
      by: 'administrator',
      path: `/o/opportunity/${opportunity}`,
      arrange: async (page) => {
        await fromMenu(page, /^(Who may see|谁可以查看)/)
        await page.locator('[role=dialog] summary').nth(1).click()
      },
    },
    {
      name: 'share',
      by: 'manager',
      path: `/o/opportunity/${opportunity}`,
      arrange: (page) => fromMenu(page, /^(Share…|共享…)/),
    },
    { name: 'matrix', by: 'administrator', path: '/administration/access' },
    { name: 'people', by: 'administrator', path: '/o/user' },
    { name: 'admin-people', by: 'administrator', path: '/administration/people' },
    { name: 'admin-roles', by: 'administrator', path: '/administration/roles' },
    { name: 'sign-ins', by: 'administrator', path: '/administration/sign-ins' },
    { name: 'audit', by: 'administrator', path: '/audit' },
    { name: 'security', by: 'manager', path: '/account/security' },
    { name: 'operation', by: 'administrator', path: '/processes' },
    { name: 'queues', by: 'administrator', path: '/queues' },
    { name: 'import', by: 'administrator', path: '/import/account' },
    { name: 'import-columns', by: 'administrator', path: '/import/account', arrange: giveFile },
  ]
}

/** Chooses an entry of the menu of a record. */
async function fromMenu(page: Page, entry: RegExp): Promise<void> {
  await page.locator('main header .tools button').last().click()
  await page.getByRole('menuitem', { name: entry }).click()
}

/** Opens the tool of the top bar that is so many places from its end. */
function tool(page: Page, place: number): Promise<void> {
  return page.getByRole('banner').getByRole('button').nth(place).click()
}

function giveFile(page: Page): Promise<void> {
  const text = [
    'Name,Sector,Website,Employees,Town',
    'Harrow Foods,Retail,https://harrow.example,310,Leeds',
    '青岚食品有限公司,Retail,https://qinglan.example,1200,成都',
  ].join('\n')
  const file = { name: 'accounts.csv', mimeType: 'text/csv', buffer: Buffer.from(text) }
  return page.locator('main input[type=file]').setInputFiles(file)
}
