import type { MiddlewareHandler } from 'hono'
import { TesseraError } from '../../access/errors.ts'
import type { ServerSettings } from '../settings.ts'
import type { ServerEnv } from './env.ts'

const windowMs = 60_000

/** A generous limit for each person and key, counted per node and minute: it stops loops that ran wild, not people. */
export function requestLimits({ requestsPerMinute }: ServerSettings): MiddlewareHandler<ServerEnv> {
  const counts = new Map<string, number>()
  let ends = 0
  return (c, next) => {
    const now = Date.now()
    if (now >= ends) {
      counts.clear()
      ends = now + windowMs
    }
    const { tenant, principal, key } = c.get('identity')
    const sender = key ?? `${tenant}/${principal.userId}`
    const count = (counts.get(sender) ?? 0) + 1
    counts.set(sender, count)
    if (count > requestsPerMinute) throw tooMany(requestsPerMinute, Math.ceil((ends - now) / 1_000))
    return next()
  }
}

function tooMany(limit: number, seconds: number): TesseraError {
  return new TesseraError(
    'rate_limited',
    `More than ${limit} requests in a minute. Go on in ${seconds} seconds.`,
    { members: { retryAfterSeconds: seconds } },
  )
}
