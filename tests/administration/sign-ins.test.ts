import { beforeAll, expect, it } from 'vitest'
import { freshDatabase } from '../harness/fresh-database.ts'
import { testTenant } from '../harness/tenant.ts'
import type { Client } from '../server/client.ts'
import { serveLibrary } from '../server/serve-library.ts'
import { declarations } from './declarations.ts'

const database = await freshDatabase()
const server = await serveLibrary(database, { documents: declarations })
let ada: Client
let carl: Client
const signIns = '/api/administration/sign-ins'
const attempt = (email: string, password: string) =>
  server.visitor.post('/api/auth/sign-in/email', { email, password })

beforeAll(async () => {
  ada = await server.signIn('Ada', ['administrator'])
  carl = await server.signIn('Carl', ['clerk'])
  await attempt('carl@example.com', 'wrong password')
  await attempt('nobody@example.com', 'wrong password')
})

it('tells who tried, from where, and how it ended; of the people of the tenant alone', async () => {
  const { status, body } = await ada.get(signIns)
  expect(status).toBe(200)
  expect(body.items[0]).toMatchObject({
    ...{ person: { name: 'Carl' }, email: 'carl@example.com', succeeded: false, reason: 'password' },
    ...{ address: expect.any(String), at: expect.any(String) },
  })
  expect(body.items.map(({ person }: { person: { name: string } }) => person.name)).toEqual([
    'Carl',
    'Carl',
    'Ada',
  ])
  await testTenant(database, declarations, { name: 'elsewhere' })
})

it('is filtered by person, outcome and time', async () => {
  const { userId } = await server.person('Carl', [])
  const count = async (query: string) => (await ada.get(`${signIns}?${query}`)).body.items.length as number
  expect(await count(`person=${userId}`)).toBe(2)
  expect(await count('outcome=failed')).toBe(1)
  expect(await count(`person=${userId}&outcome=succeeded`)).toBe(1)
  expect(await count(`until=${encodeURIComponent(new Date(Date.now() - 3_600_000).toISOString())}`)).toBe(0)
  expect(await count(`from=${encodeURIComponent(new Date(Date.now() - 3_600_000).toISOString())}`)).toBe(3)
  expect((await ada.get(`${signIns}?outcome=maybe`)).status).toBe(400)
})

it('comes in pages', async () => {
  const email = 'ada@example.com'
  const rows = Array.from({ length: 60 }, (_, at) => ({
    ...{ id: `0192f000-0000-7000-8000-${String(at).padStart(12, '0')}`, email },
    ...{ ip_address: '10.0.0.1', succeeded: true, at: new Date(2024, 0, 1, 0, at).toISOString() },
  }))
  await database.platform`insert into platform.sign_in_attempt ${database.platform(rows)}`
  const first = (await ada.get(signIns)).body
  const second = (await ada.get(`${signIns}?after=${first.next}`)).body
  expect([first.items.length, second.items.length, second.next]).toEqual([50, 13, null])
})

it('is closed to others', async () => {
  expect((await carl.get(signIns)).status).toBe(403)
})
