import type { MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { TesseraError } from '../../access/errors.ts'
import { isMutation } from './same-origin.ts'

/** Refuses a body above the size, by its header or while it arrives. */
export function limitBody(maxSize: number): MiddlewareHandler {
  const limited = bodyLimit({
    maxSize,
    onError: () => {
      throw new TesseraError('too_large', `The body is larger than ${maxSize / 1024 / 1024} MiB.`)
    },
  })
  // Looking at the body of a request builds the whole Request object, which reads without one can do without.
  return (c, next) => (isMutation(c.req.method) ? limited(c, next) : next())
}
