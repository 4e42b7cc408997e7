import type { MiddlewareHandler } from 'hono'
import { routePath } from 'hono/route'
import type { Metrics } from '../observe/metrics.ts'
import type { ServerEnv } from './env.ts'

/** Measures each request under the pattern of its route: addresses themselves would be endless. */
export function measured(metrics: Metrics): MiddlewareHandler<ServerEnv> {
  return async (c, next) => {
    const started = performance.now()
    await next()
    // The route that answered is the last one that was entered.
    const route = routePath(c)
    const seconds = (performance.now() - started) / 1_000
    metrics.observe({ method: c.req.method, route, status: c.res.status, seconds })
  }
}
