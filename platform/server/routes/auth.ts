import { Hono, type Context } from 'hono'
import { getCookie } from 'hono/cookie'
import { factorAnswer, passwordChoice } from '../contract/account-security.ts'
import { credentials } from '../contract/session.ts'
import type { SignInWays } from '../contract/types.ts'
import { clientAddress } from '../http/client-address.ts'
import type { ServerEnv } from '../http/env.ts'
import { readJson } from '../http/read-json.ts'
import { refuseForeignMutation, refuseForeignOrigin } from '../http/same-origin.ts'
import type { SignedIn } from '../identity/let-in.ts'
import type { ServerParts } from '../parts.ts'
import { challengeCookie, clearChallenge, setChallenge } from './auth-challenge.ts'
import { openIdRoutes } from './auth-openid.ts'

/** Signing in with a password or a provider, and a second factor, signing out, and choosing a password by an invitation. */
export function authRoutes(parts: ServerParts): Hono<ServerEnv> {
  const { signIn, settings } = parts
  const { shortestPassword, providers } = settings.signIn
  const routes = new Hono<ServerEnv>()

  routes.get('/ways', (c) =>
    c.json(
      {
        shortest_password: shortestPassword,
        providers: providers.map(({ name, label }) => ({ name, label })),
      } satisfies SignInWays,
      200,
      notStored,
    ),
  )

  routes.post('/sign-in/email', async (c) => {
    refuseForeignOrigin(c, settings)
    const { email, password } = await readJson(c, credentials)
    const address = clientAddress(c, settings)
    const entered = await signIn.withPassword({ email, password, address, headers: c.req.raw.headers })
    if ('user' in entered) return answerSignedIn(c, entered)
    setChallenge(c, entered.challenge, { isSecure: settings.publicUrl?.protocol === 'https:' })
    return c.json({ next: 'second_factor' }, 200, notStored)
  })

  routes.post('/second-factor', async (c) => {
    refuseForeignOrigin(c, settings)
    const { code } = await readJson(c, factorAnswer)
    const token = getCookie(c, challengeCookie) ?? ''
    const address = clientAddress(c, settings)
    const entered = await signIn.withCode({ token, code, address, headers: c.req.raw.headers })
    clearChallenge(c)
    return answerSignedIn(c, entered)
  })

  routes.post('/reset-password', async (c) => {
    refuseForeignMutation(c, settings)
    await signIn.choosePassword(await readJson(c, passwordChoice))
    return c.json({ status: true }, 200, notStored)
  })

  routes.route('/openid', openIdRoutes(parts))
  routes.post('/sign-out', (c) => {
    refuseForeignMutation(c, settings)
    return signIn.handle(c.req.raw)
  })
  return routes
}

const notStored = { 'cache-control': 'no-store' }

function answerSignedIn(c: Context<ServerEnv>, { cookies, ...answer }: SignedIn): Response {
  for (const cookie of cookies) c.header('set-cookie', cookie, { append: true })
  return c.json(answer, 200, notStored)
}
