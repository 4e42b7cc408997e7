import { expect, it } from 'vitest'
import { freshDatabase } from '../harness/fresh-database.ts'
import { hotel } from '../privacy/hotel.ts'
import { password, serveLibrary } from './serve-library.ts'

const database = await freshDatabase()
const server = await serveLibrary(database, { documents: hotel as never, name: 'hotel' })
const officer = await server.signIn('Olga Officer', ['officer'])
const clerk = await server.signIn('Carla Clerk', ['clerk'])

it('shows what would be erased, erases it, and keeps the report', async () => {
  const { body: guest } = await clerk.post('/api/records/guest', {
    name: 'Zelda',
    email: 'zelda@example.com',
  })
  const request = { object: 'guest', record: guest.id }
  expect((await clerk.post('/api/erasure/preview', request)).status).toBe(403)
  expect((await clerk.post('/api/erasure', request)).status).toBe(403)
  expect((await clerk.get('/api/erasure')).status).toBe(403)
  const preview = await officer.post('/api/erasure/preview', request)
  expect(preview).toMatchObject({ status: 200, body: { records: [{ object: 'guest', outcome: 'erased' }] } })
  const done = await officer.post('/api/erasure', request)
  expect(done).toMatchObject({ status: 201, body: { report: { record: guest.id } } })
  expect((await clerk.get(`/api/records/guest/${guest.id}`)).body.name).toMatch(/^erased-/)
  expect((await officer.get('/api/erasure')).body.items).toMatchObject([
    { id: done.body.id, reason: 'request', by: { name: 'Olga Officer' } },
  ])
  expect((await officer.get('/api/audit?action=erasure')).body.items).toMatchObject([
    { subject: { object: 'guest', record: guest.id }, address: expect.stringContaining('127.0.0.1') },
  ])
  expect((await officer.post('/api/erasure', { object: 'guest', record: 'x' })).status).toBe(400)
  expect((await officer.post('/api/erasure', { ...request, record: crypto.randomUUID() })).status).toBe(404)
})

it('takes the account of a person who worked here away', async () => {
  const { email, userId } = await server.person('Leo Leaver', ['clerk'])
  const request = { object: 'user', record: userId }
  expect(await officer.post('/api/erasure', request)).toMatchObject({ status: 409 })
  const admin = await server.signIn('Ada Admin', ['administrator'])
  expect((await admin.patch(`/api/records/user/${userId}`, { is_active: false })).status).toBe(200)
  expect((await officer.post('/api/erasure', request)).status).toBe(201)
  const rows = await database.platform`select 1 from platform.user where email = ${email}`
  expect(rows).toHaveLength(0)
  const answer = await server.visitor.post('/api/auth/sign-in/email', { email, password })
  expect(answer.status).toBe(401)
  const user = await admin.get(`/api/records/user/${userId}`)
  expect(user.body).toMatchObject({
    name: expect.stringMatching(/^erased-/),
    email: expect.stringMatching(/@erased\.invalid$/),
  })
})
