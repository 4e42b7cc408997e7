import type { MiddlewareHandler } from 'hono'
import { timeout } from 'hono/timeout'
import { TesseraError } from '../../access/errors.ts'
import { isMutation } from './same-origin.ts'

/**
 * Answers when the work of a change takes too long: it may be of many statements, and of plugins. The few statements of
 * a read end by the database's own limit.
 */
export function timeLimit(milliseconds: number): MiddlewareHandler {
  const limited = timeout(
    milliseconds,
    () =>
      new TesseraError(
        'unavailable',
        `The answer took longer than ${milliseconds / 1_000} seconds.`,
      ) as never,
  )
  return (c, next) => (isMutation(c.req.method) ? limited(c, next) : next())
}
