import { expect, it } from 'vitest'
import { newTotpSecret, stepOfCode, totpAt, totpUri } from './totp.ts'

/** The ASCII text 12345678901234567890 of RFC 6238, appendix B, in base32. */
const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'

it.each([
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_234_567_890, '005924'],
  [20_000_000_000, '353130'],
])('gives the codes of RFC 6238 at second %i', (second, code) => {
  expect(totpAt(secret, Math.floor(second / 30))).toBe(code)
  expect(stepOfCode({ secret, code, now: new Date(second * 1_000) })).toBe(Math.floor(second / 30))
})

it('accepts the code before and the one after, and none further away', () => {
  const now = new Date('2026-11-28T12:00:00Z')
  const current = now.getTime() / 30_000
  const found = [-2, -1, 0, 1, 2].map((offset) =>
    stepOfCode({ secret, code: totpAt(secret, current + offset), now }),
  )
  expect(found).toEqual([undefined, current - 1, current, current + 1, undefined])
})

it('reads codes with blanks, and refuses what is none', () => {
  const now = new Date(59_000)
  expect(stepOfCode({ secret, code: '287 082', now })).toBe(1)
  for (const code of ['', '28708', '2870820', 'abcdef'])
    expect(stepOfCode({ secret, code, now })).toBeUndefined()
})

it('makes secrets of 160 bits, each another one, and an address that apps read', () => {
  const [one, other] = [newTotpSecret(), newTotpSecret()]
  expect(one).toMatch(/^[A-Z2-7]{32}$/)
  expect(other).not.toBe(one)
  expect(totpUri({ secret: one, email: 'ada@example.com', issuer: 'Tessera (acme)' })).toBe(
    `otpauth://totp/Tessera%20(acme):ada%40example.com?secret=${one}&issuer=Tessera%20(acme)`,
  )
})
