import { beforeAll, describe, expect, it } from 'vitest'
import {
  createSignInLimits,
  lockedAccounts,
  unlockAccount,
} from '../../platform/server/identity/sign-in-limits.ts'
import { freshDatabase } from '../harness/fresh-database.ts'
import { password, serveLibrary } from '../server/serve-library.ts'
import { trySignIn } from './sign-in-as.ts'

const database = await freshDatabase()
const server = await serveLibrary(database, { settings: { hasProxy: true } })

beforeAll(async () => {
  for (const name of ['Ada', 'Bob', 'Cid']) await server.person(name, ['reader'])
})

const from = (address: string) => ({ 'x-forwarded-for': address })
const attempt = (email: string, secret: string, address: string) =>
  trySignIn(server.origin, email, secret, from(address))

describe('failed sign-ins', () => {
  it('close the door for this account from this place, and for nobody else', async () => {
    for (let count = 0; count < 5; count++)
      expect((await attempt('ada@example.com', 'wrong', '10.0.0.1')).status).toBe(401)
    const closed = await attempt('ada@example.com', password, '10.0.0.1')
    expect(closed).toMatchObject({ status: 429, body: { code: 'rate_limited' } })
    expect(Number(closed.headers.get('retry-after'))).toBeGreaterThan(50)
    expect((await attempt('ada@example.com', password, '10.0.0.2')).status).toBe(200)
    expect((await attempt('bob@example.com', password, '10.0.0.1')).status).toBe(200)
  })

  it('say the same of an account that does not exist', async () => {
    const answers = []
    for (let count = 0; count < 6; count++)
      answers.push(await attempt('nobody@example.com', 'wrong', '10.0.0.3'))
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401, 429])
    const ofAda = await attempt('ada@example.com', 'wrong', '10.0.0.1')
    expect(answers[5]!.body.detail.replace(/\d+ minutes/, '')).toBe(
      ofAda.body.detail.replace(/\d+ minutes/, ''),
    )
  })

  it('are all written down, the refused ones as well', async () => {
    const rows = await database.platform`
      select reason, count(*)::int as count from platform.sign_in_attempt
      where email = 'nobody@example.com' group by reason order by reason`
    expect([...rows]).toEqual([
      { reason: 'locked', count: 1 },
      { reason: 'password', count: 5 },
    ])
  })

  it('at the same time are counted all the same', async () => {
    const tries = Array.from({ length: 12 }, () => attempt('bob@example.com', 'wrong', '10.0.0.4'))
    const statuses = (await Promise.all(tries)).map(({ status }) => status)
    expect(statuses.filter((status) => status === 401).length).toBeLessThanOrEqual(5)
    expect(statuses).toContain(429)
  })

  it('are forgiven by an administrator', async () => {
    const emails = ['ada@example.com', 'bob@example.com', 'cid@example.com']
    expect([...(await lockedAccounts(database, emails))].sort()).toEqual(emails.slice(0, 2))
    await unlockAccount(database, 'Ada@example.com')
    expect([...(await lockedAccounts(database, emails))]).toEqual(['bob@example.com'])
    expect((await attempt('ada@example.com', password, '10.0.0.1')).status).toBe(200)
  })

  it('tell nobody who reads the table whose account was tried from where', async () => {
    const keys = await database.platform`select key from platform.sign_in_lock`
    expect(JSON.stringify(keys)).not.toMatch(/example|10\.0/)
  })
})

describe('the pause', () => {
  let now = new Date('2026-11-28T08:00:00Z')
  const limits = createSignInLimits(database, () => now)
  const eve = { email: 'eve@example.com', address: '10.1.0.1' }
  const pass = (minutes: number) => (now = new Date(now.getTime() + minutes * 60_000))
  const isClosed = (who = eve) =>
    limits.begin(who).then(
      () => false,
      () => true,
    )

  it('doubles with each failure after it, and ends by itself', async () => {
    for (let count = 0; count < 5; count++) await limits.begin(eve)
    for (const minutes of [1, 2, 4, 8]) {
      expect(await isClosed()).toBe(true)
      pass(minutes - 0.1)
      expect(await isClosed()).toBe(true)
      pass(0.1)
      expect(await isClosed()).toBe(false)
    }
  })

  it('is half a day at most, and forgotten after a day without a failure', async () => {
    for (let count = 0; count < 10; count++) {
      pass(12 * 60)
      expect(await isClosed()).toBe(false)
    }
    pass(12 * 60 - 1)
    expect(await isClosed()).toBe(true)
    pass(24 * 60)
    for (let count = 0; count < 4; count++) expect(await isClosed()).toBe(false)
    await limits.succeeded(eve)
    for (let count = 0; count < 5; count++) expect(await isClosed()).toBe(false)
    expect(await isClosed()).toBe(true)
  })

  it('comes for an account that is tried from everywhere, but not where its owner has signed in lately', async () => {
    const elsewhere = (count: number) => ({ email: 'cid@example.com', address: `10.2.0.${count}` })
    await database.platform`
      insert into platform.sign_in_attempt (id, email, ip_address, succeeded, at)
      values (gen_random_uuid(), 'cid@example.com', '10.2.9.9', true, ${now.toISOString()})`
    for (let count = 0; count < 25; count++) expect(await isClosed(elsewhere(count))).toBe(false)
    expect(await isClosed(elsewhere(26))).toBe(true)
    expect(await isClosed({ email: 'cid@example.com', address: '10.2.9.9' })).toBe(false)
    pass(1)
    expect(await isClosed(elsewhere(27))).toBe(false)
  })

  it('comes for a place that tries one account after the other', async () => {
    const next = (count: number) => ({ email: `guess${count}@example.com`, address: '10.3.0.1' })
    for (let count = 0; count < 100; count++) expect(await isClosed(next(count))).toBe(false)
    expect(await isClosed(next(100))).toBe(true)
  })

  it('does not come for a place where many people mistype a little each day', async () => {
    for (let day = 0; day < 4; day++) {
      for (let count = 0; count < 60; count++) {
        expect(await isClosed({ email: `typo${count}@example.com`, address: '10.4.0.1' })).toBe(false)
        pass(6)
      }
      pass(10 * 60)
    }
  })
})
