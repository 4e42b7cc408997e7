import { Hono } from 'hono'
import { clientAddress } from '../http/client-address.ts'
import type { ServerEnv } from '../http/env.ts'
import { readJson } from '../http/read-json.ts'
import { refuseForeignMutation, refuseForeignOrigin } from '../http/same-origin.ts'
import { credentials } from '../contract/session.ts'
import type { ServerParts } from '../parts.ts'

/** What else of better-auth is open: everything that changes data other than these goes through our own routes. */
const open = {
  get: ['/list-sessions'],
  post: [
    '/sign-out',
    '/change-password',
    '/reset-password',
    '/revoke-session',
    '/revoke-sessions',
    '/revoke-other-sessions',
  ],
} as const

/** POST sign-in/email, sign-out, change-password, reset-password (by the token of an invitation), own sessions. */
export function authRoutes({ signIn, settings }: ServerParts): Hono<ServerEnv> {
  const routes = new Hono<ServerEnv>()
  routes.post('/sign-in/email', async (c) => {
    refuseForeignOrigin(c, settings)
    const { email, password } = await readJson(c, credentials)
    const address = clientAddress(c, settings)
    const { cookies, ...answer } = await signIn.withPassword({
      email,
      password,
      address,
      headers: c.req.raw.headers,
    })
    for (const cookie of cookies) c.header('set-cookie', cookie, { append: true })
    return c.json(answer, 200, { 'cache-control': 'no-store' })
  })
  for (const path of open.get) routes.get(path, (c) => signIn.handle(c.req.raw))
  for (const path of open.post)
    routes.post(path, (c) => {
      refuseForeignMutation(c, settings)
      return signIn.handle(c.req.raw)
    })
  return routes
}
