import { beforeAll, describe, expect, it } from 'vitest'
import { freshDatabase } from '../harness/fresh-database.ts'
import { client, type Client } from './client.ts'
import { serveLibrary } from './serve-library.ts'

const database = await freshDatabase()
const server = await serveLibrary(database, { settings: { requestsPerMinute: 300 } })
let ada: Client
const json = { 'content-type': 'application/json' }

beforeAll(async () => {
  ada = await server.signIn('Ada', ['librarian'])
})

describe('a change with a session cookie', () => {
  it('needs the header that other sites cannot send', async () => {
    const { cookie } = ada.headers
    const bare = client(server.origin, { cookie: cookie as string })
    expect(await bare.post('/api/records/shelf', { name: 'A' })).toMatchObject({
      status: 403,
      body: { code: 'forbidden', detail: expect.stringContaining('tessera-request') },
    })
    expect((await bare.get('/api/records/shelf')).status).toBe(200)
  })

  it('is refused from another origin, header or not', async () => {
    const foreign = client(server.origin, { ...ada.headers, origin: 'https://evil.example' })
    expect((await foreign.post('/api/records/shelf', { name: 'A' })).status).toBe(403)
    const own = client(server.origin, { ...ada.headers, origin: server.origin })
    expect((await own.post('/api/records/shelf', { name: 'Own' })).status).toBe(201)
    const guest = client(server.origin, { origin: 'https://evil.example' })
    expect((await guest.post('/api/auth/sign-in/email', { email: 'a', password: 'b' })).status).toBe(403)
  })
})

describe('API keys', () => {
  it('are shown once, work without a session, and keep to their scope', async () => {
    const made = await ada.post('/api/keys', { name: 'Reports' })
    expect(made).toMatchObject({
      status: 201,
      body: { name: 'Reports', scopes: ['read'], last_used_at: null },
    })
    const { key, id, prefix } = made.body
    expect(key).toMatch(/^tsk_[\w-]{43}$/)
    expect(key.startsWith(prefix)).toBe(true)
    const reports = client(server.origin, { authorization: `Bearer ${key}` })
    expect((await reports.get('/api/records/shelf')).status).toBe(200)
    expect((await reports.post('/api/records/shelf/query', {})).status).toBe(200)
    expect(await reports.post('/api/records/shelf', { name: 'B' })).toMatchObject({
      status: 403,
      body: { detail: expect.stringContaining('"read"') },
    })
    expect((await reports.get('/api/keys')).status).toBe(403)
    const listed = (await ada.get('/api/keys')).body.keys
    expect(listed).toHaveLength(1)
    expect(listed[0]).toMatchObject({ id, name: 'Reports', last_used_at: expect.any(String) })
    expect(JSON.stringify(listed)).not.toContain(key)
    expect((await ada.delete(`/api/keys/${id}`)).status).toBe(204)
    expect((await reports.get('/api/records/shelf')).status).toBe(401)
    expect((await ada.delete(`/api/keys/${id}`)).status).toBe(404)
  })

  it('may write with the scope for it, under the name of their owner', async () => {
    const { body } = await ada.post('/api/keys', { name: 'Sync', scopes: ['read', 'write'] })
    const sync = client(server.origin, { authorization: `Bearer ${body.key}` })
    const shelf = await sync.post('/api/records/shelf', { name: 'By key' })
    expect(shelf.status).toBe(201)
    const history = await ada.get(`/api/records/shelf/${shelf.body.id}/history`)
    expect(history.body.entries[0]).toMatchObject({ by: { name: 'Ada' }, cause: { api_key: body.id } })
  })

  it.each([
    ['an unknown key', 'Bearer tsk_nonsense'],
    ['something else', 'Basic YTpi'],
    ['nothing', ''],
  ])('refuse %s', async (_, authorization) => {
    const stranger = client(server.origin, { authorization })
    expect((await stranger.get('/api/session')).status).toBe(401)
  })

  it('need the feature and a moment in the future', async () => {
    const reader = await server.signIn('Rea', ['reader'])
    expect((await reader.post('/api/keys', { name: 'x' })).status).toBe(403)
    expect((await ada.post('/api/keys', { name: 'x', expires_at: '2020-01-01T00:00:00Z' })).status).toBe(400)
  })
})

describe('a body', () => {
  const post = (body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = json) =>
    ada.send('POST', '/api/records/shelf', { body, headers })

  it.each([
    ['that is no JSON', '{"name": ', json, 400, 'bad_request'],
    ['that is a list', '[]', json, 400, 'bad_request'],
    ['that is a text', '"x"', json, 400, 'bad_request'],
    ['that is null', 'null', json, 400, 'bad_request'],
    ['that is empty', '', json, 400, 'bad_request'],
    ['of another type', '{"name":"x"}', { 'content-type': 'text/plain' }, 415, 'bad_request'],
    ['of no type', '{"name":"x"}', { 'content-type': '' }, 415, 'bad_request'],
    ['that is nested too deep', `{"name":${'['.repeat(40)}${']'.repeat(40)}}`, json, 400, 'bad_request'],
    ['that is nested without end', '['.repeat(300_000), json, 400, 'bad_request'],
    ['of more than a MiB', JSON.stringify({ name: 'x'.repeat(1_100_000) }), json, 413, 'too_large'],
  ])('%s is refused with a problem document', async (_, body, headers, status, code) => {
    const answer = await post(body, headers)
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
    expect(answer).toMatchObject({ status, body: { status, code, request_id: expect.any(String) } })
    expect(JSON.stringify(answer.body)).not.toMatch(/node_modules|\.ts:|at .*\(/)
  })

  it('that is not UTF-8 is refused, not mended', async () => {
    const bytes = new Uint8Array([...new TextEncoder().encode('{"name":"a')].concat(0xff, 0x22, 0x7d))
    expect(await post(bytes)).toMatchObject({
      status: 400,
      body: { detail: expect.stringContaining('UTF-8') },
    })
  })

  it('may name __proto__ and is told that there is no such field', async () => {
    expect(await post('{"name":"p","__proto__":{"admin":true}}')).toMatchObject({
      status: 422,
      body: { faults: [{ field: '__proto__', code: 'unknown_field' }] },
    })
  })
})

describe('every answer', () => {
  it('forbids scripts from elsewhere, framing and sniffing', async () => {
    const { headers } = await server.visitor.get('/healthz')
    expect(headers.get('content-security-policy')).toMatch(/script-src 'self';.*frame-ancestors 'none'/)
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('x-powered-by')).toBeNull()
  })

  it('of the API is no page: nothing in it may be loaded or framed, or kept', async () => {
    const { headers } = await ada.get('/api/session')
    expect(headers.get('content-security-policy')).toBe("default-src 'none'; frame-ancestors 'none'")
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin')
    expect(headers.get('cache-control')).toBe('no-store')
    const docs = await ada.get('/api/docs')
    expect(docs.headers.get('content-security-policy')).toMatch(/script-src 'self'/)
  })

  it('to nobody is "sign in", to somebody at a wrong address "not found"', async () => {
    expect((await server.visitor.get('/api/anything')).status).toBe(401)
    expect(await ada.get('/api/anything')).toMatchObject({ status: 404, body: { code: 'not_found' } })
    expect((await server.visitor.get('/nothing')).status).toBe(404)
  })

  it('is refused for a while to who asks without end', async () => {
    const loop = await server.signIn('Loop', ['reader'])
    const statuses = await Promise.all(Array.from({ length: 320 }, () => loop.get('/api/session'))).then(
      (all) => all.map(({ status }) => status),
    )
    expect(statuses.filter((status) => status === 429)).toHaveLength(20)
    expect((await ada.get('/api/session')).status).toBe(200)
  })
})

describe('the machine room', () => {
  it('tells whether it lives and reaches the database', async () => {
    expect((await server.visitor.get('/healthz')).body).toEqual({ status: 'ok' })
    expect(await server.visitor.get('/readyz')).toMatchObject({ status: 200, body: { status: 'ok' } })
  })

  it('measures requests by route, connections and jobs', async () => {
    await ada.get('/api/records/shelf')
    const { body } = await server.visitor.get('/metrics')
    expect(body).toContain(
      'tessera_http_request_seconds_count{method="GET",route="/api/records/:object",status="200"}',
    )
    expect(body).toMatch(/tessera_database_connections\{pool="tessera library",state="\w+"\} \d/)
    expect(body).toContain('tessera_jobs{condition="waiting"} 0')
  })
})
