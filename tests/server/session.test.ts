import { beforeAll, describe, expect, it } from 'vitest'
import { dropTenant, createTenant } from '../../platform/database/index.ts'
import { session } from '../../platform/server/contract/session.ts'
import { freshDatabase } from '../harness/fresh-database.ts'
import { client, type Client } from './client.ts'
import { password, serveLibrary } from './serve-library.ts'

const database = await freshDatabase()
const server = await serveLibrary(database)
let ada: Client
let chief: Client

beforeAll(async () => {
  ada = await server.signIn('Ada', ['librarian'])
  chief = await server.signIn('Chief', ['administrator'])
})

const signIn = (email: string, secret: string) =>
  server.visitor.post('/api/auth/sign-in/email', { email, password: secret })

describe('signing in', () => {
  it('gives the person, the tenants and a cookie that scripts cannot read', async () => {
    const { status, body, headers } = await signIn(' ADA@example.com', password)
    expect(status).toBe(200)
    expect(body).toMatchObject({ user: { name: 'Ada' }, tenants: [{ name: 'library', label: 'library' }] })
    expect(headers.getSetCookie().join()).toMatch(/^tessera\.session_token=.*HttpOnly.*SameSite=Lax/i)
    expect(JSON.stringify(body)).not.toContain('token')
  })

  it('tells who is signed in, where, and what is offered', async () => {
    const { status, body } = await ada.get('/api/session')
    expect(status).toBe(200)
    expect(session.parse(body)).toMatchObject({
      user: { name: 'Ada', email: 'ada@example.com', roles: ['librarian'], locale: 'en', time_zone: 'UTC' },
      tenant: { name: 'library', currency: 'USD' },
      features: expect.arrayContaining(['bulk', 'api_keys']),
      version: { number: 1, hash: server.tenant.model.hash },
    })
  })

  it.each([
    ['a wrong password', 'ada@example.com', 'not the password'],
    ['an unknown address', 'nobody@example.com', password],
  ])('refuses %s with the same words', async (_, email, secret) => {
    const { status, body } = await signIn(email, secret)
    expect(status).toBe(401)
    expect(body).toMatchObject({
      code: 'unauthenticated',
      detail: 'The e-mail address or the password is not right.',
    })
  })

  it('writes each try down for the audit', async () => {
    const rows = await database.platform`
      select email, succeeded, reason from platform.sign_in_attempt where email = 'nobody@example.com'`
    expect(rows).toEqual([{ email: 'nobody@example.com', succeeded: false, reason: 'password' }])
  })

  it('stops after five failures from one place, the right password included, and says when to go on', async () => {
    await server.person('Bob', ['reader'])
    for (let count = 0; count < 5; count++)
      expect((await signIn('bob@example.com', 'wrong')).status).toBe(401)
    const { status, body, headers } = await signIn('bob@example.com', password)
    expect(status).toBe(429)
    expect(body).toMatchObject({ code: 'rate_limited' })
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(50)
    expect((await signIn('ada@example.com', password)).status).toBe(200)
  })

  it('knows no way to sign up', async () => {
    const { status } = await server.visitor.post('/api/auth/sign-up/email', {
      email: 'new@example.com',
      password,
      name: 'New',
    })
    expect(status).toBe(401)
    expect(
      await database.platform`select 1 from platform."user" where email = 'new@example.com'`,
    ).toHaveLength(0)
  })

  it('ends with signing out', async () => {
    const eve = await server.signIn('Eve', ['reader'])
    expect((await eve.get('/api/session')).status).toBe(200)
    expect((await eve.post('/api/auth/sign-out')).status).toBe(200)
    expect((await eve.get('/api/session')).status).toBe(401)
  })
})

describe('the own settings', () => {
  it('are changed without a right on the object user', async () => {
    const dan = await server.signIn('Dan', ['reader'])
    expect((await dan.patch('/api/session', { locale: 'zh-CN', time_zone: 'Asia/Shanghai' })).status).toBe(
      204,
    )
    expect((await dan.get('/api/session')).body.user).toMatchObject({
      locale: 'zh-CN',
      time_zone: 'Asia/Shanghai',
      roles: ['reader'],
    })
    expect(await dan.patch('/api/session', { time_zone: 'Mars/Olympus' })).toMatchObject({
      status: 422,
      body: { faults: [{ field: 'time_zone' }] },
    })
    expect((await dan.patch('/api/session', { roles: ['administrator'] })).status).toBe(400)
  })
})

describe('a person', () => {
  it('loses access at once when deactivated, and cannot sign in any more', async () => {
    const fay = await server.signIn('Fay', ['librarian'])
    const { userId } = await server.person('Fay', [])
    expect((await fay.get('/api/records/book')).status).toBe(200)
    expect((await chief.patch(`/api/records/user/${userId}`, { is_active: false })).status).toBe(200)
    expect(await fay.get('/api/records/book')).toMatchObject({
      status: 401,
      body: { code: 'unauthenticated' },
    })
    expect((await signIn('fay@example.com', password)).status).toBe(403)
  })

  it('works with new roles at once', async () => {
    const gus = await server.signIn('Gus', ['reader'])
    const { userId } = await server.person('Gus', [])
    expect((await gus.get('/api/records/shelf')).status).toBe(404)
    await chief.patch(`/api/records/user/${userId}`, { roles: ['reader', 'librarian'] })
    expect((await gus.get('/api/records/shelf')).status).toBe(200)
  })

  it('who is made by an administrator is invited to choose a password', async () => {
    const made = await chief.post('/api/records/user', {
      name: 'Hana',
      email: 'Hana@example.com',
      roles: ['reader'],
    })
    expect(made.status).toBe(201)
    const invitation = await chief.post(`/api/users/${made.body.id}/invitation`)
    expect(invitation.status).toBe(201)
    const token = new URL(invitation.body.path, 'http://x').searchParams.get('token')
    const guest = client(server.origin, { 'tessera-request': '1' })
    const choose = (newPassword: string) => guest.post('/api/auth/reset-password', { token, newPassword })
    expect(await choose('short')).toMatchObject({ status: 422, body: { reason: 'password_too_short' } })
    expect((await choose('a secret of Hana')).status).toBe(200)
    expect((await choose('a secret of Mallory')).status).toBe(400)
    expect((await signIn('hana@example.com', 'a secret of Hana')).status).toBe(200)
    expect((await chief.post(`/api/users/${made.body.id}/invitation`)).status).toBe(409)
    expect((await ada.post(`/api/users/${made.body.id}/invitation`)).status).toBe(403)
  })
})

describe('several tenants', () => {
  it('need the header for another than the first, and let nobody into a foreign one', async () => {
    await createTenant(database, { name: 'empty', label: 'Empty' })
    const asked = client(server.origin, { ...ada.headers, 'tessera-tenant': 'empty' })
    expect(await asked.get('/api/session')).toMatchObject({ status: 403, body: { code: 'forbidden' } })
    const own = client(server.origin, { ...ada.headers, 'tessera-tenant': 'library' })
    expect((await own.get('/api/session')).status).toBe(200)
    await dropTenant(database, 'empty')
  })
})
