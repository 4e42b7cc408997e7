import { beforeAll, beforeEach, expect, it } from 'vitest'
import { freshDatabase } from '../harness/fresh-database.ts'
import { client, type Client } from '../server/client.ts'
import { serveLibrary } from '../server/serve-library.ts'
import { declarations } from './declarations.ts'

const helper = {
  name: 'helper',
  label: 'Helper',
  features: { impersonate: true, bulk: true },
  objects: {
    project: { create: true, read: 'all', update: 'all', delete: 'all' },
    client: { read: 'all' },
    user: { read: 'all' },
  },
}

const database = await freshDatabase()
const server = await serveLibrary(database, {
  documents: { ...declarations, role: { ...declarations.role, helper } },
})
let ada: Client
let carl: Client
let carlId: string
let adaId: string
const path = '/api/impersonation'
const reason = 'He cannot find his projects'

beforeAll(async () => {
  carl = await server.signIn('Carl', ['clerk'])
  carlId = (await server.person('Carl', [])).userId as string
})

beforeEach(async () => {
  ada = await server.signIn('Ada', ['administrator'])
  adaId = (await server.person('Ada', [])).userId as string
})

const act = (minutes = 30) => ada.post(path, { person: carlId, reason, minutes })

it('takes a reason and an hour at most, and the feature', async () => {
  expect((await ada.post(path, { person: carlId })).status).toBe(400)
  expect((await ada.post(path, { person: carlId, reason: '    ' })).status).toBe(400)
  expect((await act(61)).status).toBe(400)
  expect((await carl.post(path, { person: adaId, reason })).status).toBe(403)
  expect((await ada.post(path, { person: adaId, reason })).status).toBe(409)
  const { body } = await ada.post('/api/keys', { name: 'x', scopes: ['write'] })
  const program = client(server.origin, { authorization: `Bearer ${body.key}` })
  expect((await program.post(path, { person: carlId, reason })).status).toBe(403)
})

it('gives the rights of the person, in his name, and tells him', async () => {
  const { status, body } = await act()
  expect([status, body]).toMatchObject([201, { by: { id: adaId, name: 'Ada' }, reason, is_over: false }])
  const session = (await ada.get('/api/session')).body
  expect(session).toMatchObject({
    user: { id: carlId, roles: ['clerk'] },
    impersonation: { by: { name: 'Ada' } },
  })
  expect(session.features).toEqual(['bulk'])
  const { body: notices } = await carl.get('/api/notifications')
  expect(notices.items[0].text).toMatch(/^Ada acts for you until .*He cannot find his projects$/)
  expect((await ada.delete(path)).status).toBe(204)
  expect((await ada.get('/api/session')).body).toMatchObject({ user: { id: adaId } })
  expect((await ada.get('/api/session')).body.impersonation).toBeUndefined()
})

it('names both in the history of records and of work', async () => {
  await act()
  const { body: project } = await ada.post('/api/records/project', { title: 'Theirs' })
  await ada.post(`/api/records/project/${project.id}/events/check`, {})
  const { body: work } = await ada.get('/api/work-items')
  const item = work.items.find((each: { record: { id: string } }) => each.record.id === project.id)
  expect((await ada.post(`/api/work-items/${item.id}/complete`, {})).status).toBe(200)
  const { body: log } = await ada.get(`/api/work-items/${item.id}/log`)
  expect(log.entries.at(-1)).toMatchObject({ by: { id: adaId }, on_behalf_of: { id: carlId } })
  await ada.delete(path)
  const { body } = await carl.get(`/api/records/project/${project.id}/history`)
  expect(body.entries.length).toBeGreaterThan(1)
  for (const entry of body.entries)
    expect(entry).toMatchObject({ by: { id: carlId }, cause: { impersonator: { id: adaId, name: 'Ada' } } })
})

it('is in the audit log from its start to its end, with what was done between', async () => {
  await act()
  await ada.delete(path)
  const { body } = await ada.get('/api/audit')
  const entries = body.items as { action: string; actor: { id: string }; subject: unknown; detail: unknown }[]
  const of = (action: string) => entries.find((entry) => entry.action === action)
  expect(of('impersonation.started')).toMatchObject({
    ...{ actor: { id: adaId }, subject: { object: 'user', record: carlId }, detail: { reason } },
  })
  expect(of('impersonation.ended')).toMatchObject({ actor: { id: adaId }, subject: { record: carlId } })
})

it('closes what is the own affair of the person, and begins no other', async () => {
  await act()
  const refused = [
    ada.get('/api/keys'),
    ada.post('/api/keys', { name: 'x' }),
    ada.patch('/api/session', { locale: 'zh-CN' }),
    ada.post('/api/account/password', {}),
    ada.get('/api/administration/people'),
    ada.post(`/api/users/${carlId}/invitation`),
    ada.post(path, { person: carlId, reason }),
    ada.get('/api/audit'),
  ]
  expect((await Promise.all(refused)).map(({ status }) => status)).toEqual(refused.map(() => 403))
  const roles = await ada.patch(`/api/records/user/${carlId}`, { roles: ['administrator'] })
  expect(roles.status).toBe(403)
  const other = await ada.patch(`/api/records/user/${adaId}`, { roles: [] })
  expect(other.status).toBe(403)
  const address = await ada.patch(`/api/records/user/${carlId}`, { email: 'mine@example.com' })
  expect(address.status).toBe(403)
  expect((await ada.post('/api/records/user/query', {})).status).toBe(200)
  expect((await ada.post('/api/imports', {})).status).not.toBe(202)
  await ada.delete(path)
})

it('never gives more than both have', async () => {
  const hal = await server.signIn('Hal', ['helper'])
  // A clerk changes people, which a helper does not.
  const refused = await hal.post(path, { person: carlId, reason })
  expect(refused).toMatchObject({ status: 403, body: { detail: expect.stringMatching(/"(user|client)"/) } })
  const hugo = await server.person('Hugo', ['planner'])
  const allowed = await hal.post(path, { person: hugo.userId, reason })
  expect(allowed.status, JSON.stringify(allowed.body)).toBe(201)
  // The person comes to more meanwhile: it is over, and nothing is done in his name or in one's own.
  await ada.patch(`/api/records/user/${hugo.userId}`, { roles: ['clerk'] })
  expect((await hal.get('/api/session')).body).toMatchObject({ impersonation: { is_over: true } })
  expect((await hal.post('/api/records/project', { title: 'X' })).body).toMatchObject({
    reason: 'impersonation_over',
  })
  expect((await hal.delete(path)).status).toBe(204)
  expect((await hal.post('/api/records/project', { title: 'Own' })).status).toBe(201)
})

it('is over when its time has passed, and does nothing then', async () => {
  await act()
  await database.platform`update platform.impersonation set ends_at = now() - interval '1 second' where ended_at is null`
  server.parts.identities.forgetCredentials()
  expect((await ada.get('/api/records/project')).status).toBe(403)
  expect((await ada.post('/api/records/project', { title: 'X' })).status).toBe(403)
  expect((await ada.get('/api/session')).body).toMatchObject({
    user: { id: adaId },
    impersonation: { is_over: true },
  })
  expect((await ada.delete(path)).status).toBe(204)
  expect((await ada.get('/api/records/project')).status).toBe(200)
})

it('ends with the session, and the audit log says so', async () => {
  await act()
  expect((await ada.post('/api/auth/sign-out')).status).toBe(200)
  ada = await server.signIn('Ada', ['administrator'])
  expect((await ada.get('/api/session')).body.user.id).toBe(adaId)
  const { body } = await ada.get('/api/audit')
  const actions = (body.items as { action: string }[]).map(({ action }) => action)
  const count = (action: string) => actions.filter((each) => each === action).length
  expect(count('impersonation.ended')).toBe(count('impersonation.started'))
})
