import { TesseraError, type ErrorCode } from '../../access/errors.ts'

const codes: Readonly<Record<number, ErrorCode>> = {
  400: 'bad_request',
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not_found',
  409: 'conflict',
  413: 'too_large',
  422: 'validation',
  429: 'rate_limited',
}

/** A refusal of better-auth (`{code, message}`) as an error of ours. */
export async function problemError(response: Response): Promise<TesseraError> {
  const body = (await response.json().catch(() => ({}))) as { message?: unknown; code?: unknown }
  const message = typeof body.message === 'string' ? body.message : 'The request was refused.'
  const members = typeof body.code === 'string' ? { reason: body.code.toLowerCase() } : {}
  return new TesseraError(codes[response.status] ?? 'unavailable', message, { members })
}
