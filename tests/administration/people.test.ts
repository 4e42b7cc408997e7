import { beforeAll, describe, expect, it } from 'vitest'
import { freshDatabase } from '../harness/fresh-database.ts'
import type { Client } from '../server/client.ts'
import { client } from '../server/client.ts'
import { password, serveLibrary } from '../server/serve-library.ts'
import { declarations } from './declarations.ts'

const database = await freshDatabase()
const server = await serveLibrary(database, { documents: declarations })
let ada: Client
let rex: Client
let carl: Client
let adaId: string
let rexId: string

beforeAll(async () => {
  ada = await server.signIn('Ada', ['administrator'])
  rex = await server.signIn('Rex', ['reception'])
  carl = await server.signIn('Carl', ['clerk'])
  adaId = (await server.person('Ada', [])).userId as string
  rexId = (await server.person('Rex', [])).userId as string
})

const people = '/api/administration/people'
const signIn = (email: string, word = password) =>
  server.visitor.post('/api/auth/sign-in/email', { email, password: word })

async function employ(name: string, roles: readonly string[] = []): Promise<{ id: string; email: string }> {
  const email = `${name.toLowerCase()}@example.com`
  const { status, body } = await ada.post('/api/records/user', { name, email, roles })
  expect(status, JSON.stringify(body)).toBe(201)
  return { id: body.id as string, email }
}

async function stateOf(id: string): Promise<string> {
  return (await ada.get(`${people}/${id}`)).body.state as string
}

describe('the list of people', () => {
  it('is for holders of the feature "administer" alone', async () => {
    expect((await carl.get(people)).status).toBe(403)
    expect((await server.visitor.get(people)).status).toBe(401)
    expect((await rex.get(people)).status).toBe(200)
  })

  it('tells state, roles, team, manager, last sign-in and open work', async () => {
    const { body: team } = await ada.post('/api/records/team', { name: 'Ground' })
    const { body: made } = await ada.post('/api/records/user', {
      ...{ name: 'Tess', email: 'tess@example.com', roles: ['clerk'] },
      ...{ team: team.id, manager: rexId },
    })
    const { body } = await ada.get(`${people}/${made.id}`)
    expect(body).toMatchObject({
      ...{ name: 'Tess', email: 'tess@example.com', state: 'none', roles: ['clerk'], open_work: 0 },
      ...{ team: { id: team.id, name: 'Ground' }, manager: { id: rexId, name: 'Rex' } },
      ...{ last_sign_in_at: null, invited_until: null, sessions: 0, is_self: false },
    })
    const { body: self } = await ada.get(`${people}/${adaId}`)
    expect(self).toMatchObject({ state: 'active', is_self: true, last_sign_in_at: expect.any(String) })
    expect(self.sessions).toBeGreaterThan(0)
    const ofTeam = await ada.get(`${people}?team=${team.id}`)
    expect(ofTeam.body.items.map(({ name }: { name: string }) => name)).toEqual(['Tess'])
  })

  it('finds by words, role and state', async () => {
    await employ('Wanda')
    const names = async (query: string) =>
      (await ada.get(`${people}?${query}`)).body.items.map(({ name }: { name: string }) => name) as string[]
    expect(await names('search=wand')).toEqual(['Wanda'])
    expect(await names('role=reception')).toEqual(['Rex'])
    expect(await names('state=active')).toEqual(['Ada', 'Carl', 'Rex'])
    expect(await names('state=none')).toContain('Wanda')
    expect(await names('state=none')).not.toContain('Ada')
    expect(await names('state=locked')).toEqual([])
    expect(await names('state=deactivated')).toEqual([])
    expect((await ada.get(`${people}?state=asleep`)).status).toBe(400)
  })

  it('comes in pages', async () => {
    for (let at = 0; at < 52; at++) await employ(`Page${String(at).padStart(2, '0')}`)
    const first = (await ada.get(`${people}?search=page`)).body
    expect([first.items.length, first.total]).toEqual([50, 52])
    const second = (await ada.get(`${people}?search=page&after=${encodeURIComponent(first.next)}`)).body
    expect([second.items.length, second.next]).toEqual([2, null])
  })
})

it('finds people in a state among very many', async () => {
  await server.tenant.sql`
    insert into "user" (id, name, email, created_at, updated_at, version)
    select gen_random_uuid(), 'Crowd ' || lpad(n::text, 4, '0'), 'crowd' || n || '@example.com', now(), now(), 1
    from generate_series(1, 450) n`
  const ids = new Set<string>()
  let query = 'state=none'
  for (let pages = 0; query !== ''; pages++) {
    const { body } = await ada.get(`${people}?${query}`)
    for (const { id } of body.items) ids.add(id as string)
    expect(pages).toBeLessThan(10)
    query = body.next === null ? '' : `state=none&after=${encodeURIComponent(body.next)}`
  }
  expect(ids.size).toBeGreaterThanOrEqual(450)
  expect(
    (await ada.get(`${people}?state=active`)).body.items.map(({ name }: { name: string }) => name),
  ).toEqual(expect.arrayContaining(['Ada', 'Carl', 'Rex']))
})

describe('an invitation', () => {
  it('works once, ends the one before, and only its hash is kept', async () => {
    const { id, email } = await employ('Ines')
    const first = (await ada.post(`/api/users/${id}/invitation`)).body
    expect(await stateOf(id)).toBe('invited')
    const second = (await ada.post(`/api/users/${id}/invitation`)).body
    const [old, token] = [first, second].map(({ path }) => String(path).split('token=')[1] as string)
    const rows = await database.platform<
      { text: string }[]
    >`select v::text as text from platform.verification v`
    expect(rows.some(({ text }) => text.includes(token!) || text.includes(old!))).toBe(false)
    const open = (value: string) => server.visitor.post('/api/invitations/open', { token: value })
    expect((await open(old!)).status).toBe(404)
    expect((await open(token!)).body).toMatchObject({ email, name: 'Ines' })
    const visitor = client(server.origin, { 'tessera-request': '1' })
    const accept = (value: string) =>
      visitor.post('/api/auth/reset-password', { token: value, newPassword: password })
    expect((await accept(old!)).status).toBe(400)
    expect((await accept(token!)).status).toBe(200)
    expect((await accept(token!)).status).toBe(400)
    expect((await signIn(email)).status).toBe(200)
    expect(await stateOf(id)).toBe('active')
    expect((await ada.post(`/api/users/${id}/invitation`)).status).toBe(409)
  })

  it('ends', async () => {
    const { id } = await employ('Late')
    const { path, expires_at: until } = (await ada.post(`/api/users/${id}/invitation`)).body
    expect(Date.parse(until) - Date.now()).toBeGreaterThan(71 * 3_600_000)
    await database.platform`update platform.verification set expires_at = now() - interval '1 minute'
      where id like 'invitation-%' and value = (select user_id from platform.member where member = ${id})`
    const token = String(path).split('token=')[1]
    expect((await server.visitor.post('/api/invitations/open', { token })).status).toBe(404)
    expect(await stateOf(id)).toBe('none')
  })
})

describe('roles', () => {
  it('are not changed by their holder', async () => {
    const own = await ada.patch(`/api/records/user/${adaId}`, { roles: ['administrator', 'clerk'] })
    expect([own.status, own.body.faults[0]]).toMatchObject([422, { field: 'roles', code: 'own_roles' }])
    expect(
      (await ada.patch(`/api/records/user/${adaId}`, { roles: ['administrator'], title: 'Boss' })).status,
    ).toBe(200)
  })

  it('are given by who administers alone, whatever rights on people others have', async () => {
    const { id } = await employ('Otto')
    const given = await carl.patch(`/api/records/user/${id}`, { roles: ['clerk'] })
    expect(given.body.faults[0]).toMatchObject({ field: 'roles', code: 'administer' })
    const made = await carl.post('/api/records/user', {
      name: 'X',
      email: 'x@example.com',
      roles: ['administrator'],
    })
    expect(made.body.faults[0]).toMatchObject({ code: 'administer' })
    expect((await carl.patch(`/api/records/user/${id}`, { title: 'Smith' })).status).toBe(200)
    const bulk = await carl.post('/api/records/user/bulk', {
      mode: 'each',
      operations: [{ op: 'update', id, values: { roles: ['administrator'] } }],
    })
    expect(bulk.body.results[0]).toMatchObject({ ok: false, problem: { faults: [{ code: 'administer' }] } })
  })

  it('with a feature of the product are given only by who has it', async () => {
    const { id } = await employ('Olga')
    const refused = await rex.patch(`/api/records/user/${id}`, { roles: ['administrator'] })
    expect(refused.body.faults[0]).toMatchObject({ code: 'feature' })
    expect((await rex.patch(`/api/records/user/${id}`, { roles: ['clerk'] })).body.faults[0].code).toBe(
      'feature',
    )
    expect((await rex.patch(`/api/records/user/${id}`, { roles: ['reception'] })).status).toBe(200)
    // What somebody else gave stays, and may be taken away.
    await ada.patch(`/api/records/user/${id}`, { roles: ['clerk', 'reception'] })
    expect((await rex.patch(`/api/records/user/${id}`, { roles: ['clerk'] })).status).toBe(200)
    expect((await ada.patch(`/api/records/user/${id}`, { roles: ['administrator'] })).status).toBe(200)
    expect((await ada.patch(`/api/records/user/${id}`, { roles: [] })).status).toBe(200)
  })
})

describe('deactivating', () => {
  it('ends sessions at once and hands the open work over', async () => {
    const leaver = await server.signIn('Lea', ['clerk'])
    const lea = (await server.person('Lea', [])).userId as string
    const { body: project } = await leaver.post('/api/records/project', { title: 'Bridge' })
    expect((await leaver.post(`/api/records/project/${project.id}/events/check`, {})).status).toBe(200)
    expect((await ada.get(`${people}/${lea}`)).body.open_work).toBe(1)
    const nobody = await ada.post(`${people}/${lea}/deactivate`, { hand_over_to: lea })
    expect(nobody.body.faults[0]).toMatchObject({ field: 'hand_over_to' })
    const { body } = await ada.post(`${people}/${lea}/deactivate`, { hand_over_to: adaId })
    expect(body).toEqual({ handed_over: 1, kept: 0 })
    expect((await leaver.get('/api/session')).status).toBe(401)
    expect((await signIn('lea@example.com')).status).toBe(403)
    expect((await ada.get(`${people}/${lea}`)).body).toMatchObject({
      state: 'deactivated',
      sessions: 0,
      open_work: 0,
    })
    expect((await ada.post(`/api/users/${lea}/invitation`)).status).toBe(409)
    expect((await ada.post(`${people}/${lea}/activate`)).status).toBe(204)
    expect((await signIn('lea@example.com')).status).toBe(200)
  })

  it('is refused for oneself', async () => {
    expect((await ada.post(`${people}/${adaId}/deactivate`, {})).status).toBe(409)
  })

  it('never takes the last active administrator away, by whatever way', async () => {
    // Rex goes to work as the only other one.
    const refusal = { status: 409, body: { detail: expect.stringMatching(/last active person/) } }
    expect((await ada.post(`${people}/${rexId}/deactivate`, {})).status).toBe(200)
    const gone = await server.person('Gus', ['administrator'])
    const gus = await server.signIn('Gus', ['administrator'])
    expect((await gus.post(`${people}/${adaId}/deactivate`, {})).status).toBe(200)
    const guest = gone.userId as string
    expect(await gus.patch(`/api/records/user/${guest}`, { is_active: false })).toMatchObject(refusal)
    expect(await gus.delete(`/api/records/user/${guest}`)).toMatchObject(refusal)
    const bulk = await gus.post('/api/records/user/bulk', {
      mode: 'each',
      operations: [{ op: 'update', id: guest, values: { is_active: false } }],
    })
    expect(bulk.body.results[0]).toMatchObject({ ok: false, problem: { status: 409 } })
    await gus.post(`${people}/${adaId}/activate`)
    expect((await gus.patch(`/api/records/user/${guest}`, { is_active: false })).status).toBe(200)
    ada = await server.signIn('Ada', ['administrator'])
    for (const id of [guest, rexId]) await ada.post(`${people}/${id}/activate`)
  })

  it('lets one of two who deactivate each other at the same moment stay', async () => {
    const { ports, models } = server.parts
    const one = await server.tenant.person('One', { roles: ['administrator'] })
    const two = await server.tenant.person('Two', { roles: ['administrator'] })
    const others = await ada.get(`${people}?role=administrator`)
    const rest = [...others.body.items, ...(await ada.get(`${people}?role=reception`)).body.items]
      .map(({ id }: { id: string }) => id)
      .filter((id: string) => id !== one.userId && id !== two.userId)
    await server.tenant.sql`update "user" set is_active = false where id = any(${rest}::uuid[])`
    const { updateRecord, writingWork } = await import('../../platform/records/index.ts')
    const model = await models.current('library')
    const away = (id: string, principal: typeof one) =>
      writingWork({ ...server.tenant.work(principal), model, ports }, (unit) =>
        updateRecord(unit, { object: 'user', id, values: { is_active: false } }),
      )
    const outcomes = await Promise.allSettled([
      away(one.userId as string, two),
      away(two.userId as string, one),
    ])
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    await server.tenant.sql`update "user" set is_active = true where id = any(${rest}::uuid[])`
    server.parts.identities.forgetPeople('library')
  })
})

it('is told by the audit log: invitations, ended sessions, unlocked accounts', async () => {
  const { id } = await employ('Audra')
  await ada.post(`/api/users/${id}/invitation`)
  await ada.post(`${people}/${id}/end-sessions`)
  await ada.post(`${people}/${id}/unlock`)
  const { body } = await ada.get('/api/audit')
  expect(body.items.slice(0, 3)).toMatchObject(
    ['account.unlocked', 'session.ended', 'invitation.created'].map((action) => ({
      ...{ action, actor: { id: adaId }, subject: { object: 'user', record: id } },
    })),
  )
  expect(JSON.stringify(body)).not.toContain('token=')
})

describe('an account', () => {
  it('that is locked after too many failures is unlocked', async () => {
    const { userId, email } = await server.person('Lora', ['clerk'])
    for (let at = 0; at < 10; at++) await signIn(email, 'wrong password')
    expect((await signIn(email)).status).toBe(429)
    expect(await stateOf(userId as string)).toBe('locked')
    expect((await ada.get(`${people}?state=locked`)).body.items).toMatchObject([{ id: userId }])
    expect((await ada.post(`${people}/${userId}/unlock`)).status).toBe(204)
    expect((await signIn(email)).status).toBe(200)
    expect(await stateOf(userId as string)).toBe('active')
  })

  it('loses all its sessions', async () => {
    const lora = await server.signIn('Lora', ['clerk'])
    const { userId } = await server.person('Lora', [])
    expect((await ada.post(`${people}/${userId}/end-sessions`)).body.ended).toBeGreaterThan(0)
    expect((await lora.get('/api/session')).status).toBe(401)
  })
})
