import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { routePath } from 'hono/route'
import type { ServerEnv } from '../http/env.ts'
import type { Log } from '../observe/log.ts'
import { problemDocument } from './problem.ts'
import { problemOf } from './problem-of.ts'

/**
 * Answers an error as a problem document, and logs it: faults of ours with their stack, refusals as one line. Nothing
 * that a person typed is logged.
 */
export function answerProblem(c: Context<ServerEnv>, log: Log, error: unknown): Response {
  const problem = problemOf(error)
  const requestId = c.get('requestId') ?? ''
  const line = {
    request: requestId,
    method: c.req.method,
    route: routePath(c),
    status: problem.status,
    code: problem.code,
    faults: problem.faults.map((fault) => `${fault.field ?? ''}:${fault.code}`),
  }
  if (problem.status >= 500) log.error({ ...line, error: safely(error) }, 'request failed')
  else log.info(line, 'request refused')
  return c.body(JSON.stringify(problemDocument(problem, requestId)), problem.status as ContentfulStatusCode, {
    'cache-control': 'no-store',
    ...problem.headers,
    'content-type': 'application/problem+json',
  })
}

/** PostgreSQL repeats values in `detail` and `where`, so only name, code, message and stack are kept. */
function safely(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: String(error) }
  const { name, message, stack } = error
  return { name, message, code: (error as { code?: unknown }).code, stack }
}
