import type { HandleClientError } from '@sveltejs/kit/hooks'
import { asProblem } from '#lib/shared/api/problem.ts'

/** What the error page is told about something that a page could not load or draw. */
export const handleError: HandleClientError = ({ error, kind }) => {
  const problem = asProblem(error)
  if (kind === 'unknown' && problem.code === 'unexpected') reportError(error)
  return { message: problem.message, code: problem.code, requestId: problem.requestId }
}
