import { expect, it } from 'vitest'
import { addPerson, listPeople, setPersonPassword } from '../../platform/server/identity/operator.ts'
import { linkAccount } from '../../platform/server/identity/accounts.ts'
import { ensureAdministrator } from '../../platform/server/run/first-administrator.ts'
import { freshDatabase } from '../harness/fresh-database.ts'
import { testTenant } from '../harness/tenant.ts'
import { serveLibrary } from './serve-library.ts'
import { declarations } from './declarations.ts'

const database = await freshDatabase()
const server = await serveLibrary(database)
const operated = { database, model: server.tenant.model, tenant: 'library' }
const signIn = (email: string, password: string) =>
  server.visitor.post('/api/auth/sign-in/email', { email, password })

it('makes an administrator with a random password for a tenant in which nobody can sign in, once', async () => {
  const options = { database, models: server.parts.models, tenant: 'library', environment: {} }
  const account = await ensureAdministrator(options)
  expect(account).toMatchObject({
    email: 'admin@example.com',
    password: expect.stringMatching(/^\w{4}(-\w{4}){3}$/),
  })
  expect(await ensureAdministrator(options)).toBeUndefined()
  expect((await signIn('admin@example.com', account!.password)).status).toBe(200)
})

it('adds people with roles and a password at the terminal', async () => {
  const added = await addPerson(operated, { email: 'Ida@Example.com', name: 'Ida', roles: ['librarian'] })
  expect(added).toMatchObject({ isNew: true, hasPassword: false })
  await setPersonPassword(operated, { email: 'ida@example.com', password: 'a long secret' })
  expect((await signIn('ida@example.com', 'a long secret')).status).toBe(200)
  const again = await addPerson(operated, { email: 'ida@example.com', name: 'Ida', roles: ['reader'] })
  expect(again).toMatchObject({ isNew: false, hasPassword: true })
  expect(await listPeople(operated)).toContainEqual({
    name: 'Ida',
    email: 'ida@example.com',
    roles: ['reader'],
    isActive: true,
    canSignIn: true,
  })
})

it('refuses roles that do not exist, short passwords and unknown people', async () => {
  const jan = { email: 'jan@example.com', name: 'Jan' }
  await expect(addPerson(operated, { ...jan, roles: ['pirate'] })).rejects.toMatchObject({
    faults: [{ field: 'roles' }],
  })
  await expect(setPersonPassword(operated, { email: 'ida@example.com', password: 'short' })).rejects.toThrow(
    '10 or more',
  )
  await expect(
    setPersonPassword(operated, { email: 'no@example.com', password: 'x'.repeat(12) }),
  ).rejects.toThrow('There is no person no@example.com')
})

it('joins accounts of two tenants only at the hands of the operator', async () => {
  const other = await testTenant(database, declarations, { name: 'branch' })
  const { userId } = await other.person('Ida')
  const owner = { tenant: 'branch', member: userId!, email: 'ida@example.com', name: 'Ida' }
  expect(await linkAccount(database, owner)).toEqual({ outcome: 'elsewhere' })
  expect((await signIn('ida@example.com', 'a long secret')).body.tenants).toMatchObject([{ name: 'library' }])
  expect(await linkAccount(database, owner, { isOperator: true })).toMatchObject({ outcome: 'linked' })
  const { body, cookie } = await signIn('ida@example.com', 'a long secret')
  expect(body.tenants).toMatchObject([{ name: 'library' }, { name: 'branch' }])
  const inBranch = await server.visitor.send('GET', '/api/session', {
    headers: { cookie, 'tessera-tenant': 'branch' },
  })
  expect(inBranch.body).toMatchObject({ tenant: { name: 'branch' }, user: { id: userId, roles: [] } })
})
