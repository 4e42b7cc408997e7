import type { AddressInfo } from 'node:net'
import { createServer } from 'node:http'
import Provider from 'oidc-provider'
import { afterAll } from 'vitest'

/** What the provider says of a person. */
export interface ProviderPerson {
  readonly email: string
  readonly email_verified: boolean
}

/**
 * A real provider of OpenID Connect on this machine, whose sign-in page asks for nothing: it lets in whom `people` names
 * by the next `subject`.
 */
export async function startProvider(redirectUris: readonly string[], people: Record<string, ProviderPerson>) {
  const state = { subject: Object.keys(people)[0]! }
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const provider = new Provider(issuer, {
    clients: [
      { client_id: 'tessera', client_secret: 'a secret of the client', redirect_uris: [...redirectUris] },
    ],
    cookies: { keys: ['for tests only'] },
    pkce: { required: () => true },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    features: { devInteractions: { enabled: false } },
    findAccount: (_, id) => ({ accountId: id, claims: () => Promise.resolve({ sub: id, ...people[id] }) }),
    interactions: { url: (_, interaction) => `/enter/${interaction.uid}` },
    loadExistingGrant: async (context) => {
      const grant = new context.oidc.provider.Grant({
        clientId: context.oidc.client!.clientId,
        accountId: context.oidc.session!.accountId!,
      })
      grant.addOIDCScope('openid email profile')
      await grant.save()
      return grant
    },
  })
  const answer = provider.callback()
  server.on('request', (request, response) => {
    if (!request.url?.startsWith('/enter/')) return void answer(request, response)
    void provider.interactionFinished(request, response, { login: { accountId: state.subject } })
  })
  afterAll(() => server.close())
  return {
    issuer,
    /** Who is signed in at the provider from now on. */
    be(subject: string) {
      state.subject = subject
    },
  }
}

/** Follows redirects between two sites as a browser does, each with its own cookies; stops at a page of `origin`. */
export async function follow(start: string, { origin, jar = new Map() }: { origin: string; jar?: Jar }) {
  let url = new URL(start)
  for (let count = 0; count < 20; count++) {
    const cookies = jar.get(url.host) ?? new Map<string, string>()
    jar.set(url.host, cookies)
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
    })
    for (const line of response.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split(';')
      const at = pair.indexOf('=')
      if (attributes.some((each) => /max-age=0|expires=thu, 01 jan 1970/i.test(each)))
        cookies.delete(pair.slice(0, at))
      else cookies.set(pair.slice(0, at), pair.slice(at + 1))
    }
    const next = response.headers.get('location')
    if (next === null) return { url, status: response.status, text: await response.text(), jar }
    url = new URL(next, url)
    if (url.origin === origin && !url.pathname.startsWith('/api/')) return { url, status: 200, text: '', jar }
  }
  throw new Error(`There was no end of redirects from ${start}.`)
}

/** Cookies by host, by name. */
export type Jar = Map<string, Map<string, string>>
