import type { HandleClientError } from '@sveltejs/kit/hooks'
import { asProblem } from '#lib/shared/api/problem.ts'

/** What the error page is told about something that a page could not load. */
export const handleError: HandleClientError = ({ error, status, message }) => {
  const problem = asProblem(error)
  if (problem.code === 'unexpected') console.error(error)
  return { message, status: problem.status || status, code: problem.code, requestId: problem.requestId }
}
