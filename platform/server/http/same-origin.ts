import type { Context } from 'hono'
import { TesseraError } from '../../access/errors.ts'
import type { ServerSettings } from '../settings.ts'
import type { ServerEnv } from './env.ts'

/** The header that pages of other origins cannot send without asking first (a preflight, which is never granted). */
export const requestHeader = 'tessera-request'

const harmless = new Set(['GET', 'HEAD', 'OPTIONS'])

export function isMutation(method: string): boolean {
  return !harmless.has(method)
}

/**
 * Refuses a mutation that another site made the browser send with our cookie: it needs the header, and an Origin that
 * is ours where the browser names one.
 */
export function refuseForeignMutation(c: Context<ServerEnv>, settings: ServerSettings): void {
  if (!isMutation(c.req.method)) return
  refuseForeignOrigin(c, settings)
  if (c.req.header(requestHeader) === undefined)
    throw new TesseraError(
      'forbidden',
      `Send the header "${requestHeader}: 1" with every change that is made with a session cookie.`,
    )
}

export function refuseForeignOrigin(c: Context<ServerEnv>, { publicUrl }: ServerSettings): void {
  const origin = c.req.header('origin')
  if (origin === undefined) return
  const host = URL.parse(origin)?.host
  const own = [c.req.header('host') ?? new URL(c.req.url).host, publicUrl?.host]
  if (host === undefined || !own.includes(host))
    throw new TesseraError('forbidden', `Requests from ${origin.slice(0, 100)} are not accepted.`)
}
