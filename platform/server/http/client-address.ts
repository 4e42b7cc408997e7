import type { Context } from 'hono'
import type { ServerSettings } from '../settings.ts'
import type { ServerEnv } from './env.ts'

/** The address of whoever asks: of the connection, or, behind a proxy of one's own, the last that it saw. */
export function clientAddress(c: Context<ServerEnv>, { hasProxy }: ServerSettings): string {
  const forwarded = hasProxy ? c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() : undefined
  return forwarded || c.env?.incoming?.socket.remoteAddress || 'unknown'
}

export function isLoopback(address: string): boolean {
  return address === '::1' || /^(?:::ffff:)?127\./.test(address)
}
