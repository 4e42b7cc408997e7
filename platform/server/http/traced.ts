import type { Context, MiddlewareHandler } from 'hono'
import { routePath } from 'hono/route'
import type { Metrics } from '../observe/metrics.ts'
import type { ServerSettings } from '../settings.ts'
import type { ServerEnv } from './env.ts'
import { dataHeaders, isData } from './security-headers.ts'

/**
 * Around every request: gives it a number (that of the proxy in front, where it sends one), measures it under the
 * pattern of its route, since addresses themselves would be endless, and puts the headers of answers with data on it.
 * One for all three: each function around a request is a promise more that everybody waits for.
 */
export function traced(metrics: Metrics, settings: ServerSettings): MiddlewareHandler<ServerEnv> {
  const ofData = dataHeaders(settings)
  return async (c, next) => {
    const started = performance.now()
    const number = requestNumber(c)
    c.set('requestId', number)
    c.set('dataHeaders', ofData)
    await next()
    const { status } = c.res
    if (c.get('isHeaded') !== true) {
      // Through the answer's own headers: `c.header` would copy an answer that is complete, body and all.
      const { headers } = c.res
      headers.set('x-request-id', number)
      if (isData(c.req.path)) for (const name in ofData) headers.set(name, ofData[name] as string)
    }
    // The route that answered is the last one that was entered.
    const seconds = (performance.now() - started) / 1_000
    metrics.observe({ method: c.req.method, route: routePath(c), status, seconds })
  }
}

const longestNumber = 64

function requestNumber(c: Context): string {
  const given = c.req.header('x-request-id')
  const isUsable = given !== undefined && given.length <= longestNumber && /^[\w\-=]+$/.test(given)
  return isUsable ? given : crypto.randomUUID()
}
