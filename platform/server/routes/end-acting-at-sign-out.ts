import type { MiddlewareHandler } from 'hono'
import { TesseraError } from '../../access/errors.ts'
import type { ServerEnv } from '../http/env.ts'
import { identified } from '../http/identify.ts'
import { refuseForeignMutation } from '../http/same-origin.ts'
import type { ServerParts } from '../parts.ts'
import { endActing } from './impersonation.ts'

/** Who signs out while he acts for another ends that first: the session takes its rows along. */
export function endActingAtSignOut(parts: ServerParts): MiddlewareHandler<ServerEnv> {
  return async (c, next) => {
    refuseForeignMutation(c, parts.settings)
    const found = await identified(parts, c).catch((error: unknown) => {
      // Who cannot be identified signs out all the same.
      if (error instanceof TesseraError) return undefined
      throw error
    })
    if (found !== undefined) await endActing(parts, found)
    await next()
  }
}
