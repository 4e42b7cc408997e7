import type { MiddlewareHandler } from 'hono'
import { TesseraError } from '../../access/errors.ts'
import type { ServerSettings } from '../settings.ts'
import type { ServerEnv } from './env.ts'

const windowMs = 60_000

/** A generous limit for each person and key, counted per node and minute: it stops loops that ran wild, not people. */
export function requestLimits({ requestsPerMinute }: ServerSettings): MiddlewareHandler<ServerEnv> {
  const count = minuteLimit(requestsPerMinute)
  return (c, next) => {
    const { tenant, principal, key } = c.get('identity')
    count(key ?? `${tenant}/${principal.userId}`)
    return next()
  }
}

/** Counts requests by sender. @throws TesseraError rate_limited above the limit of a minute */
export function minuteLimit(limit: number): (sender: string) => void {
  const counts = new Map<string, number>()
  let ends = 0
  return (sender) => {
    const now = Date.now()
    if (now >= ends) {
      counts.clear()
      ends = now + windowMs
    }
    const count = (counts.get(sender) ?? 0) + 1
    counts.set(sender, count)
    if (count > limit) throw tooMany(limit, Math.ceil((ends - now) / 1_000))
  }
}

function tooMany(limit: number, seconds: number): TesseraError {
  return new TesseraError(
    'rate_limited',
    `More than ${limit} requests in a minute. Go on in ${seconds} seconds.`,
    { members: { retryAfterSeconds: seconds } },
  )
}
