import { beforeEach, expect, test, vi } from 'vitest'
import { i18n } from '../i18n/i18n.svelte.ts'
import { faultText, problemText, problemTitle } from './problem-text.ts'
import { ApiProblem } from './problem.ts'

vi.stubGlobal('document', { documentElement: {} })
const refused = new ApiProblem({ status: 403, code: 'forbidden', title: 'No', detail: 'Ask Ana.' })
const fault = { field: 'name', code: 'required', message: 'is required' }

beforeEach(() => i18n.use('en'))

test('the words of the server are a sentence of their own, or follow a name', () => {
  expect([faultText(fault), faultText(fault, 'Name')]).toEqual(['Is required.', 'Name: is required'])
})

test('what the server says in English is told by its kind in another language', async () => {
  await i18n.use('zh-CN')
  expect(faultText(fault)).toBe('此项必填。')
  expect([problemTitle(refused), problemText(refused)]).toEqual([
    '您无权执行此操作',
    '您的角色没有此权限。如有需要，请联系管理员。',
  ])
})

test('what a declaration says in the language of the person is told as it is', async () => {
  await i18n.use('zh-CN')
  const declared = { code: 'reachable', message: { en: 'Give an address.', 'zh-CN': '请填写邮箱。' } }
  expect(faultText(declared)).toBe('请填写邮箱。')
})

test('in English the server may say more than its kind', () => {
  expect(problemText(refused)).toBe('Ask Ana.')
})

test('a fault of the server is told with the number to report', () => {
  const broken = new ApiProblem({ status: 500, code: 'internal', request_id: 'a-1', detail: 'secret' })
  expect(problemText(broken)).toContain('a-1')
  expect(problemText(broken)).not.toContain('secret')
})
