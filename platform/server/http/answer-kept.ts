import type { Context } from 'hono'
import type { KeptAnswer } from '../meta/kept-answer.ts'
import type { ServerEnv } from './env.ts'

/** Sends a kept JSON answer: 304 where the reader has it, gzipped where it is understood. */
export function answerKept(c: Context<ServerEnv>, { text, etag, gzipped }: KeptAnswer): Response {
  const headers = {
    etag,
    'cache-control': 'private, no-cache',
    vary: 'Accept-Encoding, Cookie, Authorization',
  }
  if (c.req.header('if-none-match')?.includes(etag)) return c.body(null, 304, headers)
  const isGzip = /\bgzip\b/.test(c.req.header('accept-encoding') ?? '')
  const type = { 'content-type': 'application/json; charset=utf-8' }
  if (!isGzip) return c.body(text, 200, { ...headers, ...type })
  return c.body(gzipped, 200, { ...headers, ...type, 'content-encoding': 'gzip' })
}
