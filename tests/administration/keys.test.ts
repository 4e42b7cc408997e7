import { beforeAll, expect, it } from 'vitest'
import { freshDatabase } from '../harness/fresh-database.ts'
import { client, type Client } from '../server/client.ts'
import { serveLibrary } from '../server/serve-library.ts'
import { declarations } from './declarations.ts'

const database = await freshDatabase()
const server = await serveLibrary(database, { documents: declarations })
let ada: Client
let carl: Client
const keys = '/api/administration/keys'

beforeAll(async () => {
  ada = await server.signIn('Ada', ['administrator'])
  carl = await server.signIn('Carl', ['clerk'])
})

it('lists the keys of everybody with their owners, and nothing that opens a door', async () => {
  const made = await carl.post('/api/keys', { name: 'Robot', scopes: ['project:read'] })
  const { status, body } = await ada.get(keys)
  expect(status).toBe(200)
  expect(body.items).toMatchObject([
    { name: 'Robot', owner: { name: 'Carl' }, scopes: ['project:read'], prefix: made.body.prefix },
  ])
  expect(JSON.stringify(body)).not.toContain(made.body.key)
})

it('revokes the key of anybody, which ends at once', async () => {
  const { body: made } = await carl.post('/api/keys', { name: 'Doomed', scopes: ['read'] })
  const program = client(server.origin, { authorization: `Bearer ${made.key}` })
  expect((await program.get('/api/session')).status).toBe(200)
  expect((await ada.delete(`${keys}/${made.id}`)).status).toBe(204)
  expect((await program.get('/api/session')).status).toBe(401)
  expect((await ada.delete(`${keys}/${made.id}`)).status).toBe(404)
})

it('comes in pages', async () => {
  const cara = await server.signIn('Cara', ['clerk'])
  for (let at = 0; at < 50; at++) await cara.post('/api/keys', { name: `Key ${at}`, scopes: ['read'] })
  const first = (await ada.get(keys)).body
  const second = (await ada.get(`${keys}?after=${first.next}`)).body
  expect([first.items.length, second.items.length, second.next]).toEqual([50, 1, null])
})

it('is for administrators in a session alone', async () => {
  expect((await carl.get(keys)).status).toBe(403)
  const { body } = await ada.post('/api/keys', { name: 'Admin', scopes: ['write'] })
  const program = client(server.origin, { authorization: `Bearer ${body.key}` })
  expect((await program.get('/api/administration/people')).status).toBe(200)
  expect((await program.get(keys)).status).toBe(403)
})
