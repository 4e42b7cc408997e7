import { describe, expect, it } from 'vitest'
import { freshDatabase } from '../harness/fresh-database.ts'
import { client } from './client.ts'
import { password, serveLibrary } from './serve-library.ts'

const database = await freshDatabase()
const server = await serveLibrary(database)
const admin = await server.signIn('Ada Admin', ['administrator'])
const entries = async (query = '') => (await admin.get(`/api/audit${query}`)).body.items

describe('the audit log over HTTP', () => {
  it('tells who signed in and who could not, from where, also where the password was wrong', async () => {
    await server.visitor.post('/api/auth/sign-in/email', { email: 'ada.admin@example.com', password: 'no' })
    await server.visitor.post('/api/auth/sign-in/email', { email: 'nobody@example.com', password })
    expect(await entries('?action=sign_in')).toMatchObject([
      {
        action: 'sign_in.failed',
        actor: { kind: 'person', name: 'Ada Admin' },
        detail: { reason: 'password' },
        address: expect.stringMatching(/127\.0\.0\.1$/),
      },
      { action: 'sign_in.succeeded', subject: { object: 'user' }, detail: {} },
    ])
  })

  it('tells which keys were made and revoked, and what was done with one', async () => {
    const made = await admin.post('/api/keys', { name: 'Robot', scopes: ['read', 'write'] })
    const robot = client(server.origin, { authorization: `Bearer ${made.body.key}` })
    const person = await robot.post('/api/records/user', { name: 'R', email: 'r@example.com' })
    expect(person.status).toBe(201)
    await admin.delete(`/api/keys/${made.body.id}`)
    expect((await admin.delete(`/api/keys/${made.body.id}`)).status).toBe(404)
    const found = await entries('?limit=3')
    expect(found).toMatchObject([
      { action: 'key.revoked', detail: { key: made.body.id }, key: null },
      { action: 'user.created', key: made.body.id, actor: { name: 'Ada Admin' } },
      {
        action: 'key.created',
        detail: {
          key: made.body.id,
          name: 'Robot',
          scopes: ['read', 'write'],
          expires_at: made.body.expires_at,
        },
      },
    ])
    expect(JSON.stringify(found)).not.toContain(made.body.key)
  })

  it('goes out as a file, which is written in it first', async () => {
    const csv = await admin.get('/api/audit/export?action=key')
    expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    expect(csv.headers.get('content-disposition')).toBe('attachment; filename="audit.csv"')
    expect(csv.body.trim().split('\r\n')).toHaveLength(3)
    const lines = await admin.get('/api/audit/export?format=ndjson')
    const [first] = lines.body.trim().split('\n')
    expect(JSON.parse(first)).toMatchObject({
      action: 'export',
      detail: { what: 'audit', format: 'ndjson', filter: {} },
    })
  })

  it('is refused without the feature, and asks for a filter that can be read', async () => {
    const reader = await server.signIn('Rita Reader', ['reader'])
    expect((await reader.get('/api/audit')).status).toBe(403)
    expect((await reader.get('/api/audit/export')).status).toBe(403)
    expect(await entries('?action=export&limit=500')).toHaveLength(2)
    expect((await admin.get('/api/audit?from=yesterday')).status).toBe(400)
    expect((await admin.get('/api/audit?what=else')).status).toBe(400)
  })

  it('is described in the OpenAPI document', async () => {
    const { body } = await admin.get('/api/openapi.json')
    expect(Object.keys(body.paths)).toEqual(expect.arrayContaining(['/api/audit', '/api/audit/export']))
  })
})
