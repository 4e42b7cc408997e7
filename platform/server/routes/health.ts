import { Hono } from 'hono'
import type { ServerEnv } from '../http/env.ts'
import type { ServerParts } from '../parts.ts'

/** GET /healthz: the process answers. GET /readyz: it reaches the database. */
export function healthRoutes({ database }: ServerParts): Hono<ServerEnv> {
  const routes = new Hono<ServerEnv>()
  routes.get('/healthz', (c) => c.json({ status: 'ok' }, 200, { 'cache-control': 'no-store' }))
  routes.get('/readyz', async (c) => {
    const isReady = await database.platform`select 1`.then(
      () => true,
      () => false,
    )
    return c.json({ status: isReady ? 'ok' : 'no database' }, isReady ? 200 : 503, {
      'cache-control': 'no-store',
    })
  })
  return routes
}
