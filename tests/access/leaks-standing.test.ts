import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { freshDatabase } from '../harness/fresh-database.ts'
import { client, type Client } from '../server/client.ts'
import { serveLibrary } from '../server/serve-library.ts'
import { addressesOf, filledIn, type OpenApi } from './walk/addresses.ts'
import { clinicDeclarations } from './walk/clinic.declarations.ts'

const server = await serveLibrary(await freshDatabase(), { documents: clinicDeclarations, name: 'standing' })
let chief: Client
let hidden: string
let count = 0

/** Somebody new, in an open session and with a key that does all that he may. */
async function newcomer(roles: readonly string[]) {
  const name = `Person ${++count}`
  const session = await server.signIn(name, roles)
  const id = (await session.get('/api/session')).body.user.id as string
  const key = await session.post('/api/keys', { name: 'all', scopes: ['write'] })
  const program = client(server.origin, { authorization: `Bearer ${key.body.key as string}` })
  return { id, session, program }
}

beforeAll(async () => {
  chief = await server.signIn('Chief', ['administrator'])
  hidden = (await chief.post('/api/records/patient', { name: 'Zebra', diagnosis: 'zebra flu' })).body
    .id as string
})

describe('a role that was taken away', () => {
  let person: Awaited<ReturnType<typeof newcomer>>

  beforeEach(async () => {
    person = await newcomer(['doctor'])
    for (const by of [person.session, person.program])
      expect((await by.get(`/api/records/patient/${hidden}`)).status).toBe(200)
  })

  it('is gone from the next request on, in open sessions and keys', async () => {
    expect((await chief.patch(`/api/records/user/${person.id}`, { roles: ['nurse'] })).status).toBe(200)
    for (const by of [person.session, person.program]) {
      expect((await by.get(`/api/records/patient/${hidden}`)).status).toBe(404)
      expect((await by.patch(`/api/records/patient/${hidden}`, { name: 'x' })).status).toBe(404)
      expect(JSON.stringify((await by.get('/api/search?q=zebra')).body)).not.toContain(hidden)
      expect((await by.get('/api/meta')).body.objects.patient.fields).not.toHaveProperty('diagnosis')
      expect(JSON.stringify((await by.get('/api/openapi.json')).body)).not.toContain('diagnosis')
    }
  })

  it('is gone where the whole person was deactivated', async () => {
    expect((await chief.patch(`/api/records/user/${person.id}`, { is_active: false })).status).toBe(200)
    for (const by of [person.session, person.program])
      for (const path of ['/api/session', `/api/records/patient/${hidden}`, '/api/meta', '/api/openapi.json'])
        expect([path, [401, 403].includes((await by.get(path)).status)]).toEqual([path, true])
  })

  it('ends what was heard live', async () => {
    const stop = new AbortController()
    const { headers } = person.session
    const stream = await fetch(`${server.origin}/api/changes`, { headers, signal: stop.signal })
    const reader = (stream.body as ReadableStream<Uint8Array<ArrayBuffer>>)
      .pipeThrough(new TextDecoderStream())
      .getReader()
    let heard = ''
    const listening = (async () => {
      for (let next = await reader.read(); !next.done; next = await reader.read()) heard += next.value
    })().catch(() => undefined)
    const until = async (word: string) => {
      for (let at = 0; at < 80 && !heard.includes(word); at++)
        await new Promise((resolve) => setTimeout(resolve, 100))
    }
    // The tail begins with its first look.
    await new Promise((resolve) => setTimeout(resolve, 700))
    await chief.patch(`/api/records/patient/${hidden}`, { code: `a${count}` })
    await until(hidden)
    expect(heard).toContain(hidden)
    await chief.patch(`/api/records/user/${person.id}`, { roles: ['nurse'] })
    const own = (await person.session.post('/api/records/patient', { name: 'Own' })).body.id as string
    await until(own)
    heard = ''
    await chief.patch(`/api/records/patient/${hidden}`, { code: `b${count}` })
    const next = (await person.session.post('/api/records/patient', { name: 'Next' })).body.id as string
    await until(next)
    stop.abort()
    await listening
    expect(heard).not.toContain(hidden)
  })
})

describe('addresses for administrators', () => {
  it('are closed to everybody else, each of them', async () => {
    const { session, program } = await newcomer(['doctor'])
    const api = (await chief.get('/api/openapi.json')).body as OpenApi
    const closed = addressesOf(api).filter(({ path }) =>
      /^\/api\/(administration|audit|instances|repairs|migrations|outgoing|trigger-runs|erasure|impersonation)/.test(
        path,
      ),
    )
    expect(closed.length).toBeGreaterThan(20)
    for (const address of closed)
      for (const by of [session, program]) {
        const { method } = address
        const path = filledIn(address, [hidden])
        const body = method === 'GET' || method === 'DELETE' ? {} : { body: '{}' }
        const { status, body: answer } = await by.send(method, path, {
          ...body,
          headers: { 'content-type': 'application/json' },
        })
        expect([method, path, open.has(`${method} ${path}`) || [400, 403, 404].includes(status)]).toEqual([
          ...[method, path, true],
        ])
        expect(JSON.stringify(answer)).not.toMatch(/zebra|Chief/i)
      }
  })

  /** To end what one has not begun does nothing. */
  const open = new Set(['DELETE /api/impersonation'])
})

describe('who acts for another', () => {
  it('gets no more than either of them has, and nothing of his own meanwhile', async () => {
    const nurse = await newcomer(['nurse'])
    const begun = await chief.post('/api/impersonation', { person: nurse.id, reason: 'Looks for a patient' })
    expect(begun.status, JSON.stringify(begun.body)).toBe(201)
    expect((await chief.get(`/api/records/patient/${hidden}`)).status).toBe(404)
    expect(JSON.stringify((await chief.get('/api/search?q=zebra')).body)).not.toContain(hidden)
    expect((await chief.get('/api/audit')).status).toBe(403)
    expect((await chief.delete('/api/impersonation')).status).toBe(204)
    expect((await chief.get(`/api/records/patient/${hidden}`)).status).toBe(200)
  })
})
