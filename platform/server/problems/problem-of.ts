import { HTTPException } from 'hono/http-exception'
import { ZodError } from 'zod'
import { TesseraError, type Fault } from '../../access/errors.ts'
import { isStaleModel } from '../../publishing/index.ts'
import type { Problem, ProblemCode } from './problem.ts'

/**
 * The one mapping from errors to problems: the platform's own errors as they are, zod's as faults of the request,
 * Hono's by status, breaches of the database that bad input can cause, and everything else as a fault of ours that
 * tells nothing.
 */
export function problemOf(error: unknown): Problem {
  if (error instanceof TesseraError) return ofTesseraError(error)
  if (error instanceof ZodError) return problem('bad_request', describe(error), { faults: faultsOf(error) })
  if (error instanceof HTTPException)
    return problem(codeOfStatus(error.status), error.message || 'The request was refused.', {
      status: error.status,
      headers: Object.fromEntries(error.res?.headers ?? []),
    })
  return ofDatabase(error) ?? problem('internal', 'Something went wrong here; it has been logged.')
}

const statusOf: Readonly<Record<ProblemCode, number>> = {
  bad_request: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  event_refused: 409,
  too_large: 413,
  validation: 422,
  rate_limited: 429,
  unavailable: 503,
  internal: 500,
}

/** A problem of the given code; status, faults, members and headers where they differ from the usual. */
export function problem(code: ProblemCode, detail: string, more: Partial<Problem> = {}): Problem {
  return { code, status: statusOf[code], detail, faults: [], members: {}, headers: {}, ...more }
}

function ofTesseraError(error: TesseraError): Problem {
  const { code, status, message, faults, members } = error
  const { retryAfterSeconds, ...rest } = members
  const headers: Record<string, string> =
    typeof retryAfterSeconds === 'number' ? { 'retry-after': String(Math.ceil(retryAfterSeconds)) } : {}
  return problem(code, message, { status, faults, members: rest, headers })
}

export function codeOfStatus(status: number): ProblemCode {
  const known = (Object.entries(statusOf) as [ProblemCode, number][]).find(([, each]) => each === status)
  if (known !== undefined) return known[0]
  return status >= 500 ? 'internal' : 'bad_request'
}

function faultsOf(error: ZodError): readonly Fault[] {
  return error.issues.map((issue) => ({
    ...(issue.path.length === 0 ? {} : { field: String(issue.path[0]) }),
    ...(issue.path.length < 2 ? {} : { path: issue.path.slice(1).map(String).join('/') }),
    code: issue.code,
    message: issue.message,
  }))
}

function describe(error: ZodError): string {
  const [first] = error.issues
  const place = first === undefined || first.path.length === 0 ? '' : `${first.path.map(String).join('/')}: `
  return `${place}${first?.message ?? 'The request is not as described in the contract.'}`
}

/**
 * Classes of SQLSTATE that the caller, not we, must mend. Values of records are checked before they reach the
 * database; what arrives here is rare, such as two writers at once.
 */
function ofDatabase(error: unknown): Problem | undefined {
  const code = (error as { code?: unknown } | undefined)?.code
  if (typeof code !== 'string') return undefined
  if (code === '57014') return problem('unavailable', 'The request took too long and was stopped.')
  if (code === '40001' || code === '40P01' || code === '55P03')
    return problem('conflict', 'Others were changing the same records; try again.')
  if (isStaleModel(error))
    return problem('unavailable', 'A new version was published at this moment; try again.', {
      headers: { 'retry-after': '1' },
    })
  // Data exceptions, limits of the program, breaches of constraints.
  if (code.startsWith('22'))
    return problem('bad_request', 'A value of the request cannot be stored or computed with.')
  if (code.startsWith('54'))
    return problem('too_large', 'A value of the request is larger than an index can hold.')
  if (code.startsWith('23')) return problem('validation', 'The change would break a rule of the stored data.')
  if (code.startsWith('53') || code.startsWith('08') || code === '57P01' || code === '57P03')
    return problem(
      'unavailable',
      'The database cannot be reached at the moment; try again in a little while.',
    )
  if (connectionCodes.has(code))
    return problem(
      'unavailable',
      'The database cannot be reached at the moment; try again in a little while.',
    )
  return undefined
}

const connectionCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'CONNECTION_CLOSED',
  'CONNECTION_ENDED',
  'CONNECTION_DESTROYED',
  'CONNECT_TIMEOUT',
])
