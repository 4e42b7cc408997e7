import { Hono, type Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { clientAddress } from '../http/client-address.ts'
import type { ServerEnv } from '../http/env.ts'
import type { ProviderOutcome } from '../identity/providers/provider-sign-in.ts'
import type { ServerParts } from '../parts.ts'
import { setChallenge } from './auth-challenge.ts'

const flowCookie = 'tessera.openid'
const cookiePath = '/api/auth/openid'

/** GET /:provider leads the browser to the provider; it comes back to GET /:provider/callback, and goes on from there. */
export function openIdRoutes({ providerSignIn, settings }: ServerParts): Hono<ServerEnv> {
  const routes = new Hono<ServerEnv>()
  const isSecure = settings.publicUrl?.protocol === 'https:'

  routes.get('/:provider', async (c) => {
    const { url, sealed, seconds } = await providerSignIn.begin({
      provider: c.req.param('provider'),
      origin: settings.publicUrl?.origin ?? `http://${c.req.header('host') ?? 'localhost'}`,
      to: safeTarget(c.req.query('to')),
    })
    setCookie(c, flowCookie, sealed, {
      path: cookiePath,
      httpOnly: true,
      // The way back is a navigation from another site.
      sameSite: 'Lax',
      secure: isSecure,
      maxAge: seconds,
    })
    return leadTo(c, url)
  })

  routes.get('/:provider/callback', async (c) => {
    const provider = c.req.param('provider')
    const { to, outcome } = await providerSignIn.finish({
      provider,
      sealed: getCookie(c, flowCookie) ?? '',
      search: new URL(c.req.url).search,
      address: clientAddress(c, settings),
      headers: c.req.raw.headers,
    })
    setCookie(c, flowCookie, '', { path: cookiePath, httpOnly: true, maxAge: 0 })
    if ('user' in outcome)
      for (const cookie of outcome.cookies) c.header('set-cookie', cookie, { append: true })
    if ('challenge' in outcome) setChallenge(c, outcome.challenge, { isSecure })
    return leadTo(c, pageAfter(outcome, { provider, to }))
  })

  return routes
}

function pageAfter(outcome: ProviderOutcome, { provider, to }: { provider: string; to: string }): string {
  if ('user' in outcome) return to
  const rest: Record<string, string> =
    'refused' in outcome ? { refused: outcome.refused, provider } : { step: 'code' }
  return `/sign-in?${new URLSearchParams({ ...rest, to })}`
}

function leadTo(c: Context<ServerEnv>, url: string): Response {
  c.header('cache-control', 'no-store')
  return c.redirect(url, 303)
}

/** Only a path of this site: a link from elsewhere must not lead away after signing in. */
function safeTarget(to: string | undefined): string {
  return to !== undefined && /^\/(?![/\\])/.test(to) ? to.slice(0, 2_000) : '/'
}
