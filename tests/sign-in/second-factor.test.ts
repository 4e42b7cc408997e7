import { beforeAll, describe, expect, it } from 'vitest'
import { resetPersonFactor } from '../../platform/server/identity/operator.ts'
import { totpAt } from '../../platform/server/identity/second-factor/totp.ts'
import { freshDatabase } from '../harness/fresh-database.ts'
import { client, type Client } from '../server/client.ts'
import { declarations } from '../server/declarations.ts'
import { password, serveLibrary } from '../server/serve-library.ts'
import { signInAs, trySignIn } from './sign-in-as.ts'

const treasurer = {
  name: 'treasurer',
  label: 'Treasurer',
  second_factor: 'required',
  objects: { book: { read: 'all' } },
}
const documents = { ...declarations, role: { ...declarations.role, treasurer } }
const database = await freshDatabase()
const server = await serveLibrary(database, { documents })

/** The code of an app whose clock is so many steps ahead. */
const codeOf = (secret: string, ahead = 0) => totpAt(secret, Math.floor(Date.now() / 30_000) + ahead)

async function enrol(who: Client, ahead = -1): Promise<{ secret: string; codes: string[] }> {
  const begun = await who.post('/api/account/second-factor', { password })
  expect(begun.status).toBe(200)
  const secret = begun.body.setup_key as string
  const confirmed = await who.post('/api/account/second-factor/confirm', { code: codeOf(secret, ahead) })
  expect(confirmed.status).toBe(200)
  return { secret, codes: confirmed.body.recovery_codes }
}

/** The right password, and then the code with the cookie that came with the answer. */
async function answer(email: string, code: string) {
  const asked = await trySignIn(server.origin, email, password)
  expect(asked).toMatchObject({ status: 200, body: { next: 'second_factor' } })
  return client(server.origin, { cookie: asked.cookie }).post('/api/auth/second-factor', { code })
}

describe('a second factor', () => {
  let ada: Client
  let secret: string
  let codes: string[]

  beforeAll(async () => {
    ada = await server.signIn('Ada', ['librarian'])
  })

  it('is set up with the own password and a first code, which ends all other sessions', async () => {
    const elsewhere = await signInAs(server.origin, 'ada@example.com', password)
    expect((await ada.post('/api/account/second-factor', {})).status).toBe(400)
    const begun = await ada.post('/api/account/second-factor', { password })
    expect(begun.body.uri).toBe(
      `otpauth://totp/library:ada%40example.com?secret=${begun.body.setup_key}&issuer=library`,
    )
    expect(await ada.post('/api/account/second-factor/confirm', { code: '000000' })).toMatchObject({
      status: 400,
      body: { reason: 'code' },
    })
    // Until it is confirmed, nothing is asked for.
    expect((await trySignIn(server.origin, 'ada@example.com', password)).body.next).toBeUndefined()
    ;({ secret, codes } = await enrol(ada))
    expect(codes).toHaveLength(10)
    expect((await elsewhere.get('/api/session')).status).toBe(401)
    expect((await ada.get('/api/account/security')).body).toMatchObject({
      second_factor: { recovery_codes_left: 10 },
      needs_second_factor: false,
    })
    expect((await ada.post('/api/account/second-factor', { password })).status).toBe(409)
  })

  it('is kept encrypted, and recovery codes as hashes', async () => {
    const rows = await database.platform`select t::text from platform.second_factor t
      union all select t::text from platform.recovery_code t`
    const text = JSON.stringify(rows)
    expect(text).not.toContain(secret)
    for (const code of codes) expect(text).not.toContain(code)
  })

  it('is asked for after the password; each code works once', async () => {
    const code = codeOf(secret)
    const entered = await answer('ada@example.com', code)
    expect(entered).toMatchObject({ status: 200, body: { user: { name: 'Ada' } } })
    expect((await client(server.origin, { cookie: entered.cookie }).get('/api/session')).status).toBe(200)
    expect(await answer('ada@example.com', code)).toMatchObject({ status: 401, body: { reason: 'code' } })
    expect(await answer('ada@example.com', codeOf(secret, -1))).toMatchObject({ status: 401 })
    expect((await answer('ada@example.com', codeOf(secret, 1))).status).toBe(200)
  })

  it('lets one of two in who show the same code at the same time', async () => {
    await database.platform`update platform.second_factor set last_step = 0`
    const code = codeOf(secret)
    const both = await Promise.all([answer('ada@example.com', code), answer('ada@example.com', code)])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 401])
  })

  it('opens nothing by the password alone: the answer has no session', async () => {
    const asked = await trySignIn(server.origin, 'ada@example.com', password)
    expect(asked.cookie).not.toContain('session_token')
    expect(asked.headers.getSetCookie().join()).toMatch(/^tessera\.challenge=.*HttpOnly.*SameSite=Lax/i)
    expect((await client(server.origin, { cookie: asked.cookie }).get('/api/session')).status).toBe(401)
  })

  it('can be replaced by a recovery code, once, however it is written', async () => {
    const code = codes[0]!
    expect((await answer('ada@example.com', code.toUpperCase().replaceAll('-', ' '))).status).toBe(200)
    expect((await answer('ada@example.com', code)).status).toBe(401)
    expect((await ada.get('/api/account/security')).body.second_factor.recovery_codes_left).toBe(9)
    const renewed = await ada.post('/api/account/second-factor/recovery-codes', { password })
    expect((await answer('ada@example.com', codes[1]!)).status).toBe(401)
    expect((await answer('ada@example.com', renewed.body.recovery_codes[0])).status).toBe(200)
  })

  it('is not answered without the password before, nor twice, nor after a change of the password', async () => {
    const visitor = server.visitor.post('/api/auth/second-factor', { code: codeOf(secret) })
    expect(await visitor).toMatchObject({ status: 401, body: { reason: 'challenge_over' } })
    const asked = await trySignIn(server.origin, 'ada@example.com', password)
    expect(
      (await ada.post('/api/account/password', { current: password, password: 'seven purple otters' }))
        .status,
    ).toBe(204)
    const late = client(server.origin, { cookie: asked.cookie }).post('/api/auth/second-factor', {
      code: '1',
    })
    expect(await late).toMatchObject({ status: 401, body: { reason: 'challenge_over' } })
    await ada.post('/api/account/password', { current: 'seven purple otters', password })
  })

  it('cannot be guessed: after five wrong codes no right one is accepted', async () => {
    for (let count = 0; count < 5; count++)
      expect((await answer('ada@example.com', '000000')).status).toBe(401)
    await database.platform`update platform.second_factor set last_step = 0`
    expect((await answer('ada@example.com', codeOf(secret))).status).toBe(429)
    const rows = await database.platform`
      select reason from platform.sign_in_attempt where email = 'ada@example.com' order by at desc, id desc limit 2`
    expect(rows.map(({ reason }) => reason)).toEqual(['locked', 'second_factor'])
    await database.platform`delete from platform.sign_in_lock`
  })

  it('is taken away by the operator from who has lost it with all codes, which ends the sessions', async () => {
    const lea = await server.signIn('Lea', ['librarian'])
    await enrol(lea)
    const operated = { database, model: server.tenant.model, tenant: 'library' }
    expect(await resetPersonFactor(operated, 'Lea@example.com')).toBe(true)
    expect(await resetPersonFactor(operated, 'lea@example.com')).toBe(false)
    expect((await lea.get('/api/session')).status).toBe(401)
    expect((await trySignIn(server.origin, 'lea@example.com', password)).body.next).toBeUndefined()
  })

  it('stands in the audit log: set up, renewed, taken away', async () => {
    const rows = await server.tenant.sql`
      select action, actor_name from _audit where action ~ '^(second_factor|recovery_codes|password)' order by number`
    expect([...rows]).toEqual([
      { action: 'second_factor.set_up', actor_name: 'Ada' },
      { action: 'recovery_codes.renewed', actor_name: 'Ada' },
      { action: 'password.changed', actor_name: 'Ada' },
      { action: 'password.changed', actor_name: 'Ada' },
      { action: 'second_factor.set_up', actor_name: 'Lea' },
      { action: 'second_factor.removed', actor_name: 'Tessera' },
    ])
  })

  it('is removed with the password', async () => {
    expect((await ada.post('/api/account/second-factor/remove', { password: 'wrong' })).status).toBe(400)
    expect((await ada.post('/api/account/second-factor/remove', { password })).status).toBe(204)
    expect((await trySignIn(server.origin, 'ada@example.com', password)).body.next).toBeUndefined()
    expect((await ada.post('/api/account/second-factor/recovery-codes', { password })).status).toBe(409)
  })
})

describe('a role that asks for a second factor', () => {
  let uma: Client

  beforeAll(async () => {
    uma = await server.signIn('Uma', ['treasurer'])
  })

  it.each([
    '/api/meta',
    '/api/records/book',
    '/api/search?q=a',
    '/api/keys',
    '/api/openapi.json',
    '/api/changes',
  ])('lets its holders see nothing before: %s', async (path) => {
    expect(await uma.get(path)).toMatchObject({ status: 403, body: { reason: 'second_factor' } })
  })

  it('says so where they ask who they are', async () => {
    expect((await uma.get('/api/session')).body.needs_second_factor).toBe(true)
    expect((await uma.get('/api/account/security')).body.needs_second_factor).toBe(true)
  })

  it('opens everything in the session in which it is set up, and in those that show it', async () => {
    const { secret } = await enrol(uma)
    expect((await uma.get('/api/session')).body.needs_second_factor).toBe(false)
    expect((await uma.get('/api/records/book')).status).toBe(200)
    const entered = await answer('uma@example.com', codeOf(secret))
    expect((await client(server.origin, { cookie: entered.cookie }).get('/api/records/book')).status).toBe(
      200,
    )
    expect(await uma.post('/api/account/second-factor/remove', { password })).toMatchObject({ status: 409 })
  })

  it('asks those who already work when they get the role', async () => {
    const chief = await server.signIn('Chief', ['administrator'])
    const vic = await server.signIn('Vic', ['reader'])
    const { userId } = await server.person('Vic', [])
    expect((await vic.get('/api/records/book')).status).toBe(200)
    await chief.patch(`/api/records/user/${userId}`, { roles: ['reader', 'treasurer'] })
    expect((await vic.get('/api/records/book')).status).toBe(403)
  })
})
