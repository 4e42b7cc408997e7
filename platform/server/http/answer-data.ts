import type { Context } from 'hono'
import type { ServerEnv } from './env.ts'

/**
 * Answers with data as JSON, its headers complete: a plain object of them goes out as it is, while any that is added
 * later has the server build and check a whole `Headers` first.
 */
export function answerData(c: Context<ServerEnv>, data: unknown): Response {
  const { dataHeaders, requestId } = c.var
  c.set('isHeaded', true)
  return new Response(JSON.stringify(data), {
    headers: {
      'content-type': 'application/json',
      'cache-control': 'no-store',
      ...dataHeaders,
      'x-request-id': requestId,
    },
  })
}
