import { beforeAll, describe, expect, it } from 'vitest'
import { freshDatabase } from '../harness/fresh-database.ts'
import { client, type Client } from './client.ts'
import { password, serveLibrary } from './serve-library.ts'

const database = await freshDatabase()
const server = await serveLibrary(database)
let ada: Client

beforeAll(async () => {
  ada = await server.signIn('Ada', ['librarian'])
})

const signIn = (email: string, secret: string) =>
  server.visitor.post('/api/auth/sign-in/email', { email, password: secret })

describe('signing in', () => {
  it('gives the person, the tenants and a cookie that scripts cannot read', async () => {
    const { status, body, headers } = await signIn('ada@example.com', password)
    expect(status).toBe(200)
    expect(body).toMatchObject({ user: { name: 'Ada' }, tenants: [{ name: 'library', label: 'library' }] })
    expect(headers.getSetCookie().join()).toMatch(/^tessera\.session_token=.*HttpOnly.*SameSite=Lax/i)
    expect(JSON.stringify(body)).not.toContain('token')
  })

  it('tells who is signed in, where, and what is offered', async () => {
    const { status, body } = await ada.get('/api/session')
    expect(status).toBe(200)
    expect(body).toMatchObject({
      user: { name: 'Ada', email: 'ada@example.com', roles: ['librarian'], locale: 'en', time_zone: 'UTC' },
      tenant: { name: 'library', currency: 'USD' },
      features: expect.arrayContaining(['bulk', 'api_keys']),
      version: { number: 1, hash: server.tenant.model.hash },
    })
  })
})
