import { describe, expect, it } from 'vitest'
import { creditCode, divisionOf } from './credit-code-type.ts'

const context = { declaration: {}, defaultCurrency: 'CNY' }

describe('a unified social credit code', () => {
  it('is accepted in capitals when its check character is right', () => {
    expect(creditCode.check(' 91350100m000100y43 ', context)).toEqual({
      ok: true,
      value: '91350100M000100Y43',
    })
  })

  it.each(['91350100M000100Y44', '91350100M000100Y4', '91350100M000100YI3', '', 'x'.repeat(18)])(
    'refuses %j',
    (code) => {
      expect(creditCode.check(code, context)).toMatchObject({ ok: false, code: 'credit_code' })
    },
  )

  it('is refused when it is no text', () => {
    expect(creditCode.check(91350100, context)).toMatchObject({ ok: false, code: 'type' })
  })

  it('names its administrative division', () => {
    expect(divisionOf('91350100M000100Y43')).toBe('350100')
  })
})
