import { beforeAll, describe, expect, it } from 'vitest'
import { startWorker, taskHandlers } from '../../platform/background/index.ts'
import { discardEnded } from '../../platform/server/identity/discard-ended.ts'
import { endSessions } from '../../platform/server/identity/end-sessions.ts'
import { readPerson } from '../../platform/server/identity/principals.ts'
import { freshDatabase } from '../harness/fresh-database.ts'
import { client, type Client } from '../server/client.ts'
import { password, serveLibrary } from '../server/serve-library.ts'
import { signInAs } from './sign-in-as.ts'

const database = await freshDatabase()
const server = await serveLibrary(database, {
  settings: { signIn: { shortestPassword: 10, idleHours: 8, longestDays: 2, providers: [] } },
})
const email = 'ada@example.com'
let ada: Client

beforeAll(async () => {
  ada = await server.signIn('Ada', ['librarian'])
  await server.signIn('Bob', ['librarian'])
})

const phone = { 'user-agent': 'Mozilla/5.0 (iPhone) Safari/604.1', 'x-forwarded-for': '6.6.6.6' }
const sessionsOf = async (who: Client) => (await who.get('/api/account/security')).body.sessions

describe('the own sessions', () => {
  it('are listed with device, address and when they were last used; the present one is marked', async () => {
    await signInAs(server.origin, email, password, phone)
    const sessions = await sessionsOf(ada)
    expect(sessions).toHaveLength(2)
    expect(sessions.filter((each: { is_current: boolean }) => each.is_current)).toHaveLength(1)
    expect(sessions[0]).toMatchObject({ user_agent: phone['user-agent'], is_current: false })
    // Without a proxy of one's own, nobody is believed about his address.
    expect(sessions[0].address).toMatch(/127\.0\.0\.1$/)
    expect(JSON.stringify(sessions)).not.toContain('token')
  })

  it('end one by one, or all but the present one', async () => {
    const [lost, kept] = await Promise.all([1, 2].map(() => signInAs(server.origin, email, password)))
    const { id } = (await sessionsOf(lost!)).find((each: { is_current: boolean }) => each.is_current)
    expect((await ada.delete(`/api/account/sessions/${id}`)).status).toBe(204)
    expect((await lost!.get('/api/session')).status).toBe(401)
    expect((await kept!.get('/api/session')).status).toBe(200)
    expect((await ada.post('/api/account/sessions/end-others')).body.ended).toBe(2)
    expect((await kept!.get('/api/session')).status).toBe(401)
    expect((await ada.get('/api/session')).status).toBe(200)
  })

  it('are those of nobody else', async () => {
    const bob = await signInAs(server.origin, 'bob@example.com', password)
    const [foreign] = await sessionsOf(ada)
    expect((await bob.delete(`/api/account/sessions/${foreign.id}`)).status).toBe(404)
    expect((await ada.get('/api/session')).status).toBe(200)
  })

  it('are not managed with a key', async () => {
    const { body } = await ada.post('/api/keys', { name: 'a program', scopes: ['read', 'write'] })
    const program = client(server.origin, { authorization: `Bearer ${body.key}` })
    expect((await program.get('/api/account/security')).status).toBe(403)
  })
})

describe('a session', () => {
  const moved = async (who: Client, column: string, interval: string) => {
    const { id } = (await sessionsOf(who)).find((each: { is_current: boolean }) => each.is_current)
    await database.platform.unsafe(
      `update platform.session set ${column} = ${column} - interval '${interval}' where id = $1`,
      [id],
    )
    server.parts.identities.forgetCredentials()
  }

  it('ends when it is not used for long', async () => {
    const idle = await signInAs(server.origin, email, password)
    await moved(idle, 'expires_at', '7 hours')
    expect((await idle.get('/api/session')).status).toBe(200)
    const late = await signInAs(server.origin, email, password)
    await moved(late, 'expires_at', '8 hours')
    expect((await late.get('/api/session')).status).toBe(401)
  })

  it('lives on while it is used, and ends after the longest time all the same', async () => {
    const long = await signInAs(server.origin, email, password)
    await moved(long, 'expires_at', '1 hour')
    const renewed = await long.get('/api/session')
    expect(renewed.headers.getSetCookie().join()).toContain('tessera.session_token=')
    await moved(long, 'created_at', '47 hours')
    expect((await long.get('/api/session')).status).toBe(200)
    await moved(long, 'created_at', '1 hour')
    expect((await long.get('/api/session')).status).toBe(401)
  })

  it('ends at once when an administrator ends those of a person', async () => {
    const open = await signInAs(server.origin, email, password)
    const { userId } = await server.person('Ada', [])
    expect(await endSessions(server.parts, { tenant: 'library', member: userId as string })).toBeGreaterThan(
      0,
    )
    expect((await open.get('/api/session')).status).toBe(401)
  })
})

describe('the sessions of a person', () => {
  const countOf = async (who: string) => {
    const [row] = await database.platform<{ count: number }[]>`
      select count(*)::int as count from platform.session s join platform."user" u on u.id = s.user_id
      where u.email = ${who}`
    return row!.count
  }
  let chief: Client

  beforeAll(async () => {
    const { models, ports, processPorts, clock } = server.parts
    const person = (options: { tenant: string; member: string; now: Date }) =>
      readPerson({ database, models, ...options })
    const handlers = taskHandlers({ database, models, ports, clock, person }, processPorts)
    const worker = await startWorker({ database, handlers })
    chief = await server.signIn('Chief', ['administrator'])
    return () => worker.stop()
  })

  it.each([
    ['is deactivated', 'Dan', { is_active: false }],
    ['loses a role with a feature of the product', 'Eve', { roles: ['reader'] }],
  ])('end when he %s', async (_, who, change) => {
    await server.signIn(who, ['librarian', 'reader'])
    const { userId, email: address } = await server.person(who, [])
    expect(await countOf(address)).toBe(1)
    expect((await chief.patch(`/api/records/user/${userId}`, change)).status).toBe(200)
    await expect.poll(() => countOf(address), { timeout: 10_000 }).toBe(0)
  })

  it('go on when he gets a role, or loses one that opens no feature', async () => {
    await server.signIn('Flo', ['reader'])
    const { userId, email: address } = await server.person('Flo', [])
    for (const roles of [['reader', 'librarian'], ['librarian']])
      expect((await chief.patch(`/api/records/user/${userId}`, { roles })).status).toBe(200)
    const jobs = await database.platform`
      select 1 from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
      where t.identifier = 'end_sessions'`
    expect(jobs).toHaveLength(0)
    expect(await countOf(address)).toBe(1)
  })
})

it('deletes sessions that have ended, and the log of sign-ins after a year', async () => {
  const count = async () => {
    const [row] = await database.platform<{ sessions: number; attempts: number }[]>`
      select (select count(*)::int from platform.session) as sessions,
        (select count(*)::int from platform.sign_in_attempt) as attempts`
    return row!
  }
  const inDays = (days: number) => new Date(Date.now() + days * 86_400_000)
  const before = await count()
  await discardEnded(database, { now: inDays(0), longestDays: 2 })
  expect((await count()).attempts).toBe(before.attempts)
  expect((await count()).sessions).toBeGreaterThan(0)
  await discardEnded(database, { now: inDays(2), longestDays: 2 })
  expect(await count()).toMatchObject({ sessions: 0, attempts: before.attempts })
  await discardEnded(database, { now: inDays(366), longestDays: 2 })
  expect(await count()).toEqual({ sessions: 0, attempts: 0 })
})
