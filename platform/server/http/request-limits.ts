import type { MiddlewareHandler } from 'hono'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { TesseraError } from '../../access/errors.ts'
import type { ServerSettings } from '../settings.ts'
import type { ServerEnv } from './env.ts'

/** A generous limit for each person and key, counted per node: it stops loops that ran wild, not people. */
export function requestLimits({ requestsPerMinute }: ServerSettings): MiddlewareHandler<ServerEnv> {
  const limiter = new RateLimiterMemory({ points: requestsPerMinute, duration: 60 })
  return async (c, next) => {
    const { tenant, principal, key } = c.get('identity')
    await limiter.consume(key ?? `${tenant}/${principal.userId}`).catch((refused: unknown) => {
      if (!(refused instanceof RateLimiterRes)) throw refused
      const seconds = Math.max(1, Math.ceil(refused.msBeforeNext / 1_000))
      throw new TesseraError(
        'rate_limited',
        `More than ${requestsPerMinute} requests in a minute. Go on in ${seconds} seconds.`,
        { members: { retryAfterSeconds: seconds } },
      )
    })
    await next()
  }
}
