import { hashPassword as scrypt } from 'better-auth/crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { settingsFrom } from '../../platform/server/settings.ts'
import { freshDatabase } from '../harness/fresh-database.ts'
import type { Client } from '../server/client.ts'
import { password, serveLibrary } from '../server/serve-library.ts'
import { signInAs, trySignIn } from './sign-in-as.ts'

const database = await freshDatabase()
const server = await serveLibrary(database)
const email = 'kim@example.com'
const better = 'seven purple otters'
let kim: Client

beforeAll(async () => {
  kim = await server.signIn('Kim', ['reader'])
})

const hashOf = async () => {
  const [row] = await database.platform<{ password: string }[]>`
    select password from platform.account where user_id = (select id from platform."user" where email = ${email})`
  return row!.password
}
const change = (current: string | undefined, chosen: string) =>
  kim.post('/api/account/password', { ...(current === undefined ? {} : { current }), password: chosen })

describe('a password', () => {
  it('is kept as Argon2id with the parameters that OWASP asks for', async () => {
    expect(await hashOf()).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/)
  })

  it('that an earlier version hashed is hashed anew when its owner signs in', async () => {
    await database.platform`
      update platform.account set password = ${await scrypt(password)}
      where user_id = (select id from platform."user" where email = ${email})`
    expect((await trySignIn(server.origin, email, 'not the password')).status).toBe(401)
    expect(await hashOf()).not.toContain('argon2id')
    expect((await trySignIn(server.origin, email, password)).status).toBe(200)
    expect(await hashOf()).toContain('$argon2id$')
    expect((await trySignIn(server.origin, email, password)).status).toBe(200)
  })

  it.each([
    ['short', 'nine char', 'password_too_short'],
    ['long', 'x y '.repeat(33), 'password_too_long'],
    ['common', 'Password123!', 'password_common'],
    ['common with digits around it', '12basketball!', 'password_common'],
    ['a short part again and again', 'abcabcabcabc', 'password_common'],
    ['the own address', 'kim@example.com', 'password_personal'],
    ['the own name with a few digits', 'Kim example26', 'password_personal'],
  ])('is refused where it is %s', async (_, chosen, reason) => {
    expect(await change(password, chosen)).toMatchObject({
      status: 422,
      body: { code: 'validation', reason },
    })
  })

  it('may be of any letters, and is the same however they are typed', async () => {
    const composed = 'Grüße an alle Möwen'.normalize('NFC')
    expect((await change(password, composed)).status).toBe(204)
    expect((await trySignIn(server.origin, email, composed.normalize('NFD'))).status).toBe(200)
    expect((await change(composed, '七只紫色的水獭在河里游泳')).status).toBe(204)
    expect((await change('七只紫色的水獭在河里游泳', password)).status).toBe(204)
  })

  it('is changed with the present one, and that ends all other sessions', async () => {
    const elsewhere = await signInAs(server.origin, email, password)
    for (const current of [undefined, 'wrong'])
      expect(await change(current, better)).toMatchObject({ status: 400, body: { reason: 'password' } })
    expect((await elsewhere.get('/api/session')).status).toBe(200)
    expect((await change(password, better)).status).toBe(204)
    expect((await elsewhere.get('/api/session')).status).toBe(401)
    expect((await kim.get('/api/session')).status).toBe(200)
    expect((await trySignIn(server.origin, email, password)).status).toBe(401)
    expect((await trySignIn(server.origin, email, better)).status).toBe(200)
  })

  it('cannot be guessed at an open screen: wrong ones count like failed sign-ins', async () => {
    const lou = await server.signIn('Lou', ['reader'])
    const tries = Array.from({ length: 6 }, () =>
      lou.post('/api/account/password', { current: 'wrong', password: better }),
    )
    expect((await Promise.all(tries)).some(({ status }) => status === 429)).toBe(true)
  })
})

describe('the settings', () => {
  it('say how short a password may be, and the page that asks for one is told', async () => {
    expect(settingsFrom({ TESSERA_PASSWORD_LENGTH: '14' }).signIn.shortestPassword).toBe(14)
    expect((await server.visitor.get('/api/auth/ways')).body.shortest_password).toBe(10)
  })

  it.each([
    ['TESSERA_PASSWORD_LENGTH', '6', 'from 8 to 64'],
    ['TESSERA_SESSION_IDLE_HOURS', 'never', 'from 1 to 2160'],
    ['TESSERA_SESSION_DAYS', '0', 'from 1 to 365'],
  ])('%s refuses %s with the remedy', (name, value, remedy) => {
    expect(() => settingsFrom({ [name]: value })).toThrow(remedy)
  })
})
