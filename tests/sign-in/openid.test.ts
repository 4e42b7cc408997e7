import { describe, expect, it } from 'vitest'
import { settingsFrom } from '../../platform/server/settings.ts'
import { freePort } from '../../platform/server/run/free-port.ts'
import { totpAt } from '../../platform/server/identity/second-factor/totp.ts'
import { freshDatabase } from '../harness/fresh-database.ts'
import { client } from '../server/client.ts'
import { declarations } from '../server/declarations.ts'
import { password, serveLibrary } from '../server/serve-library.ts'
import { follow, startProvider, type Jar } from './provider.ts'
import { signInAs, trySignIn } from './sign-in-as.ts'

const people = {
  'ada-at-work': { email: 'Ada@example.com', email_verified: true },
  'bob-at-work': { email: 'bob@example.com', email_verified: false },
  stranger: { email: 'stranger@example.com', email_verified: true },
  outsider: { email: 'out@elsewhere.org', email_verified: true },
  'uma-at-work': { email: 'uma@example.com', email_verified: true },
}
const treasurer = {
  name: 'treasurer',
  label: 'Treasurer',
  second_factor: 'required',
  objects: { book: { read: 'all' } },
}
const database = await freshDatabase()
const port = await freePort(20_000)
const redirects = ['work', 'trusted'].map(
  (name) => `http://127.0.0.1:${port}/api/auth/openid/${name}/callback`,
)
const provider = await startProvider(redirects, people)
const environmentOf = (name: string, more: Record<string, string> = {}) =>
  Object.fromEntries(
    Object.entries({
      ISSUER: provider.issuer,
      CLIENT_ID: 'tessera',
      CLIENT_SECRET: 'a secret of the client',
      ...more,
    }).map(([part, value]) => [`TESSERA_OPENID_${name}_${part}`, value]),
  )
const settings = settingsFrom({
  TESSERA_OPENID: 'work, trusted',
  ...environmentOf('WORK', { LABEL: 'Work account', DOMAINS: 'example.com, only.example' }),
  ...environmentOf('TRUSTED', { SECOND_FACTOR: '1', DOMAINS: 'only.example, example.com', ONLY: '1' }),
})
const trusting = settings.signIn.providers.map((each) => ({
  ...each,
  domains: ['example.com'],
  isOnlyWay: false,
}))
const server = await serveLibrary(database, {
  documents: { ...declarations, role: { ...declarations.role, treasurer } },
  settings: { signIn: { ...settings.signIn, providers: trusting } },
  port,
})
const { origin } = server

const enter = (name = 'work', to = '/o/book', jar?: Jar) =>
  follow(`${origin}/api/auth/openid/${name}?to=${encodeURIComponent(to)}`, {
    origin,
    ...(jar ? { jar } : {}),
  })
const cookieOf = (jar: Jar) =>
  [...jar.get(`127.0.0.1:${port}`)!].map(([name, value]) => `${name}=${value}`).join('; ')
const inSession = (jar: Jar) => client(origin, { cookie: cookieOf(jar), 'tessera-request': '1' })
const attempts = async (email: string) => [
  ...(await database.platform`
    select succeeded, reason from platform.sign_in_attempt where email = ${email} order by at, id`),
]

describe('a provider of OpenID Connect', () => {
  it('is offered at the door, and its secret is not', async () => {
    const { body } = await server.visitor.get('/api/auth/ways')
    expect(body.providers).toEqual([
      { name: 'work', label: 'Work account' },
      { name: 'trusted', label: 'trusted' },
    ])
  })

  it('lets in whom it knows by a verified address, and leads to the page that was asked for', async () => {
    await server.person('Ada', ['librarian'])
    provider.be('ada-at-work')
    const { url, jar } = await enter()
    expect(url.pathname).toBe('/o/book')
    expect((await inSession(jar).get('/api/session')).body.user.email).toBe('ada@example.com')
    expect(cookieOf(jar)).not.toContain('tessera.openid')
    expect(await attempts('ada@example.com')).toEqual([{ succeeded: true, reason: null }])
  })

  it('is remembered by its own name for the person, and leaves no token in the database', async () => {
    people['ada-at-work'].email = 'ada.renamed@example.com'
    expect((await enter()).url.pathname).toBe('/o/book')
    people['ada-at-work'].email = 'Ada@example.com'
    const rows = await database.platform`
      select provider_id, account_id, access_token, refresh_token, id_token from platform.account
      where provider_id like 'openid:%'`
    expect([...rows]).toEqual([
      {
        provider_id: 'openid:work',
        account_id: 'ada-at-work',
        access_token: null,
        refresh_token: null,
        id_token: null,
      },
    ])
  })

  it.each([
    ['nobody has the address: nobody signs up', 'stranger', 'no_account'],
    ['the address is not verified', 'bob-at-work', 'unverified'],
    ['it may not vouch for the domain', 'outsider', 'domain'],
  ] as const)('lets nobody in where %s', async (_, subject, refused) => {
    await server.person('Bob', ['reader'])
    provider.be(subject)
    const { url, jar } = await enter()
    expect(`${url.pathname}?${url.searchParams}`).toBe(
      `/sign-in?refused=${refused}&provider=work&to=%2Fo%2Fbook`,
    )
    expect((await inSession(jar).get('/api/session')).status).toBe(401)
    expect(await attempts(people[subject].email)).toContainEqual({ succeeded: false, reason: 'provider' })
  })

  it('leads to no other site afterwards', async () => {
    provider.be('ada-at-work')
    for (const to of ['https://evil.example', '//evil.example', '/\\evil.example'])
      expect((await enter('work', to)).url.href).toBe(`${origin}/`)
  })

  it('answers nobody who did not ask: without the cookie of the way there, or with that of another', async () => {
    const there = await fetch(`${origin}/api/auth/openid/work`, { redirect: 'manual' })
    const state = new URL(there.headers.get('location')!).searchParams.get('state')!
    const back = `${origin}/api/auth/openid/work/callback?code=stolen&state=${state}`
    expect((await follow(back, { origin })).url.searchParams.get('refused')).toBe('failed')
    const cookie = there.headers.getSetCookie()[0]!.split(';')[0]!
    const wrongState = await fetch(`${origin}/api/auth/openid/work/callback?code=a&state=other`, {
      redirect: 'manual',
      headers: { cookie },
    })
    expect(wrongState.headers.get('location')).toContain('refused=failed')
    const wrongProvider = await fetch(`${origin}/api/auth/openid/trusted/callback?code=a&state=${state}`, {
      redirect: 'manual',
      headers: { cookie },
    })
    expect(wrongProvider.headers.get('location')).toContain('refused=failed')
  })

  it('is asked with PKCE, state and nonce; what is remembered of them is sealed and out of reach of scripts', async () => {
    const there = await fetch(`${origin}/api/auth/openid/work`, { redirect: 'manual' })
    const query = new URL(there.headers.get('location')!).searchParams
    expect(query.get('code_challenge_method')).toBe('S256')
    for (const name of ['code_challenge', 'state', 'nonce'])
      expect(query.get(name)!.length).toBeGreaterThan(20)
    const cookie = there.headers.getSetCookie().join()
    expect(cookie).toMatch(/^tessera\.openid=sealed.*HttpOnly.*SameSite=Lax/i)
    expect(cookie).not.toContain(query.get('state')!)
  })

  it('is not found where it is not set up', async () => {
    expect((await server.visitor.get('/api/auth/openid/other')).status).toBe(404)
  })
})

describe('the second factor of who comes from a provider', () => {
  it('is asked for where the account has one', async () => {
    const ada = await signInAs(origin, 'ada@example.com', password)
    const begun = await ada.post('/api/account/second-factor', { password })
    const step = Math.floor(Date.now() / 30_000)
    const secret = begun.body.setup_key
    await ada.post('/api/account/second-factor/confirm', { code: totpAt(secret, step - 1) })
    provider.be('ada-at-work')
    const { url, jar } = await enter()
    expect(`${url.pathname}${url.search}`).toBe('/sign-in?step=code&to=%2Fo%2Fbook')
    expect((await inSession(jar).get('/api/session')).status).toBe(401)
    const shown = await inSession(jar).post('/api/auth/second-factor', { code: totpAt(secret, step) })
    expect(shown.status).toBe(200)
  })

  it('is left to a provider that asks for one itself', async () => {
    await server.person('Uma', ['treasurer'])
    provider.be('uma-at-work')
    const { jar } = await enter('trusted')
    expect((await inSession(jar).get('/api/records/book')).status).toBe(200)
    const other = await enter('work')
    expect(await inSession(other.jar).get('/api/records/book')).toMatchObject({
      status: 403,
      body: { reason: 'second_factor' },
    })
  })
})

describe('an address of another person', () => {
  it('is not reached by the provider that vouched for the one before', async () => {
    const chief = await server.signIn('Chief', ['administrator'])
    const { userId } = await server.person('Uma', [])
    await chief.patch(`/api/records/user/${userId}`, { name: 'New', email: 'new@example.com' })
    provider.be('uma-at-work')
    expect((await enter('trusted')).url.searchParams.get('refused')).toBe('no_account')
  })
})

describe('a domain whose people sign in with a provider alone', () => {
  it('accepts no password of them, and says so whether or not they exist', async () => {
    const strict = await serveLibrary(await freshDatabase(), { settings: { signIn: settings.signIn } })
    await strict.person('Ada', ['reader'])
    for (const email of ['ada@example.com', 'nobody@only.example'])
      expect(await trySignIn(strict.origin, email, password)).toMatchObject({
        status: 403,
        body: { reason: 'provider_only', provider: 'trusted' },
      })
    expect((await trySignIn(strict.origin, 'someone@elsewhere.org', password)).status).toBe(401)
  })
})

describe('the settings of providers', () => {
  const work = environmentOf('WORK')
  it.each([
    ['a name that cannot be', { TESSERA_OPENID: 'my-work' }, 'lower-case letters'],
    ['no issuer', { TESSERA_OPENID: 'work' }, 'set TESSERA_OPENID_WORK_ISSUER'],
    [
      'no secret',
      { TESSERA_OPENID: 'work', ...work, TESSERA_OPENID_WORK_CLIENT_SECRET: '' },
      'WORK_CLIENT_SECRET',
    ],
    [
      'an issuer over plain HTTP elsewhere',
      { TESSERA_OPENID: 'work', ...work, TESSERA_OPENID_WORK_ISSUER: 'http://id.example.com' },
      'begins with https://',
    ],
    [
      'the only way for nobody',
      { TESSERA_OPENID: 'work', ...work, TESSERA_OPENID_WORK_ONLY: '1' },
      'WORK_DOMAINS',
    ],
    [
      'two only ways for one domain',
      {
        TESSERA_OPENID: 'work,home',
        ...environmentOf('WORK', { ONLY: '1', DOMAINS: 'example.com' }),
        ...environmentOf('HOME', { ONLY: '1', DOMAINS: 'example.com' }),
      },
      'both the only way',
    ],
  ])('refuse %s with the remedy', (_, environment, remedy) => {
    expect(() => settingsFrom(environment)).toThrow(remedy)
  })
})
