import type { MiddlewareHandler } from 'hono'
import { timeout } from 'hono/timeout'
import { TesseraError } from '../../access/errors.ts'

/** Answers when the work takes too long. The statements themselves end by the database's own limit. */
export function timeLimit(milliseconds: number): MiddlewareHandler {
  return timeout(
    milliseconds,
    () =>
      new TesseraError(
        'unavailable',
        `The answer took longer than ${milliseconds / 1_000} seconds.`,
      ) as never,
  )
}
