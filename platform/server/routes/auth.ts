import { Hono, type Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { factorAnswer, passwordChoice } from '../contract/account-security.ts'
import { credentials } from '../contract/session.ts'
import type { SignInWays } from '../contract/types.ts'
import { clientAddress } from '../http/client-address.ts'
import type { ServerEnv } from '../http/env.ts'
import { readJson } from '../http/read-json.ts'
import { refuseForeignMutation, refuseForeignOrigin } from '../http/same-origin.ts'
import type { SignedIn } from '../identity/let-in.ts'
import type { ServerParts } from '../parts.ts'

/** Carries the token of a sign-in whose second factor is still to be shown. */
export const challengeCookie = 'tessera.challenge'

/** Signing in with a password and a second factor, signing out, and choosing a password by an invitation. */
export function authRoutes({ signIn, settings }: ServerParts): Hono<ServerEnv> {
  const routes = new Hono<ServerEnv>()

  routes.get('/ways', (c) =>
    c.json(
      { shortest_password: settings.signIn.shortestPassword, providers: [] } satisfies SignInWays,
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
    const { token, seconds } = entered.challenge
    setCookie(c, challengeCookie, token, {
      path: '/api/auth',
      httpOnly: true,
      sameSite: 'Lax',
      secure: settings.publicUrl?.protocol === 'https:',
      maxAge: seconds,
    })
    return c.json({ next: 'second_factor' }, 200, notStored)
  })

  routes.post('/second-factor', async (c) => {
    refuseForeignOrigin(c, settings)
    const { code } = await readJson(c, factorAnswer)
    const token = getCookie(c, challengeCookie) ?? ''
    const address = clientAddress(c, settings)
    const entered = await signIn.withCode({ token, code, address, headers: c.req.raw.headers })
    setCookie(c, challengeCookie, '', { path: '/api/auth', httpOnly: true, maxAge: 0 })
    return answerSignedIn(c, entered)
  })

  routes.post('/reset-password', async (c) => {
    refuseForeignMutation(c, settings)
    await signIn.choosePassword(await readJson(c, passwordChoice))
    return c.json({ status: true }, 200, notStored)
  })

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
