/** A fault at one field or place of a request. */
export interface Fault {
  readonly field?: string
  /** Where inside the field's value, such as `lines/2/quantity`. */
  readonly path?: string
  readonly code: string
  readonly message: string
}

export type ErrorCode =
  | 'bad_request'
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'event_refused'
  | 'too_large'
  | 'validation'
  | 'rate_limited'
  | 'unavailable'

const statusOf: Readonly<Record<ErrorCode, number>> = {
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
}

/**
 * The base of every error that a caller may see: a code, an HTTP status, a message that is safe to show, faults by
 * field and more members for the problem document (RFC 9457).
 */
export class TesseraError extends Error {
  readonly code: ErrorCode
  readonly status: number
  readonly faults: readonly Fault[]
  readonly members: Readonly<Record<string, unknown>>

  constructor(
    code: ErrorCode,
    message: string,
    options: { faults?: readonly Fault[]; members?: Readonly<Record<string, unknown>>; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause })
    this.name = 'TesseraError'
    this.code = code
    this.status = statusOf[code]
    this.faults = options.faults ?? []
    this.members = options.members ?? {}
  }
}

export function invalid(faults: readonly Fault[], cause?: unknown): TesseraError {
  const first = faults[0]
  const place = first?.field === undefined ? '' : `${first.field}: `
  const more = faults.length > 1 ? ` (and ${faults.length - 1} more)` : ''
  return new TesseraError('validation', `${place}${first?.message ?? 'is not valid'}${more}`, {
    faults,
    cause,
  })
}

export function notFound(object: string, id: string): TesseraError {
  return new TesseraError('not_found', `There is no ${object} ${id}, or you may not see it.`)
}
