import type { MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { TesseraError } from '../../access/errors.ts'
import { isMutation } from './same-origin.ts'

/** Refuses a body above the size, by its header or while it arrives. */
export function limitBody(maxSize: number): MiddlewareHandler {
  const limited = bodyLimit({
    maxSize,
    onError: () => {
      throw tooLarge(maxSize)
    },
  })
  return (c, next) => {
    if (!isMutation(c.req.method)) return next()
    const length = c.req.header('content-length')
    // Counting while it arrives reads the body through a stream; HTTP holds a sender to the length that he states.
    if (length === undefined || c.req.header('transfer-encoding') !== undefined) return limited(c, next)
    if (Number(length) > maxSize) throw tooLarge(maxSize)
    return next()
  }
}

function tooLarge(maxSize: number): TesseraError {
  return new TesseraError('too_large', `The body is larger than ${maxSize / 1024 / 1024} MiB.`)
}
