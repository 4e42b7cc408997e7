import type { ErrorCode, Fault } from '../../access/errors.ts'

/** Codes of the problem documents: those of the platform's own errors, and `internal` for a fault of ours. */
export type ProblemCode = ErrorCode | 'internal'

/** An RFC 9457 problem document with the members that this API adds. */
export interface ProblemDocument {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly code: ProblemCode
  readonly detail: string
  readonly request_id: string
  readonly faults?: readonly Fault[]
  readonly [member: string]: unknown
}

/** What an error means to the caller, before it is tied to a request. */
export interface Problem {
  readonly code: ProblemCode
  readonly status: number
  readonly detail: string
  readonly faults: readonly Fault[]
  readonly members: Readonly<Record<string, unknown>>
  readonly headers: Readonly<Record<string, string>>
}

const titles: Readonly<Record<ProblemCode, string>> = {
  bad_request: 'The request cannot be understood',
  unauthenticated: 'Sign in first',
  forbidden: 'You may not do this',
  not_found: 'Not found',
  conflict: 'Changed by somebody else',
  event_refused: 'Not possible now',
  too_large: 'Too large',
  validation: 'Some values are not valid',
  rate_limited: 'Too many requests',
  unavailable: 'Not available at the moment',
  internal: 'A fault of the server',
}

/** The document of a problem within one request (RFC 9457, section 3). */
export function problemDocument(problem: Problem, requestId: string): ProblemDocument {
  const { code, status, detail, faults, members } = problem
  return {
    ...members,
    type: `https://tessera.dev/problems/${code}`,
    title: titles[code],
    status,
    code,
    detail,
    request_id: requestId,
    ...(faults.length === 0 ? {} : { faults }),
  }
}
