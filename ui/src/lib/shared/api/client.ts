import { connection } from './connection.svelte.ts'
import { ApiProblem } from './problem.ts'
import type { Problem } from './types.ts'

export interface RequestOptions {
  query?: Readonly<Record<string, string | number | boolean | undefined>>
  body?: unknown
  /** Bytes sent as they are, with their content type; instead of `body`. */
  raw?: { content: Blob; type: string }
  /** What the answer may be, where that is not JSON. */
  accept?: string
  signal?: AbortSignal | undefined
}

/**
 * One request to the server. Answers the parsed JSON (undefined for an empty answer).
 * Throws ApiProblem for every refusal, `offline` where the server was not reached, and the DOM's AbortError.
 */
export async function request<T>(method: string, path: string, options: RequestOptions = {}): Promise<T> {
  const response = await reach(method, path, options)
  return (response.status === 204 ? undefined : await jsonOf(response)) as T
}

/**
 * One request to the server, for its answer as it comes. A server that is busy and says when to come again (503 with
 * Retry-After) has done nothing: it is asked again by then, a few times. Throws as `request` does.
 */
export async function reach(method: string, path: string, options: RequestOptions = {}): Promise<Response> {
  for (let asked = 1; ; asked++) {
    const response = await send(method, path, options)
    if (response.ok) return response
    const wait = response.status === 503 ? retryAfter(response) : undefined
    if (wait === undefined || wait > longestWait || asked === mostAsked)
      throw await refusal(response, path, method)
    await passed(wait, options.signal)
  }
}

export const api = {
  get: <T>(path: string, query?: RequestOptions['query'], signal?: AbortSignal) =>
    request<T>('GET', path, { query, signal }),
  post: <T>(path: string, body: unknown = {}, signal?: AbortSignal) =>
    request<T>('POST', path, { body, signal }),
  patch: <T>(path: string, body: unknown) => request<T>('PATCH', path, { body }),
  delete: <T>(path: string) => request<T>('DELETE', path),
}

/** The tenant in which this tab works from now on. */
export function useTenant(name: string | undefined): void {
  tenantName = name
}

/** Calls `tell` whenever the server says that nobody is signed in. Answers the way to stop. */
export function onUnauthenticated(tell: (path: string) => void): () => void {
  unauthenticated.add(tell)
  return () => unauthenticated.delete(tell)
}

let tenantName: string | undefined
const unauthenticated = new Set<(path: string) => void>()

/** The address of a path of the API, with its question. */
export function address(path: string, query: RequestOptions['query']): string {
  const pairs = Object.entries(query ?? {}).filter(([, value]) => value !== undefined && value !== '')
  if (pairs.length === 0) return `/api${path}`
  return `/api${path}?${new URLSearchParams(pairs.map(([name, value]) => [name, String(value)]))}`
}

const mostAsked = 4
const longestWait = 10_000

async function send(method: string, path: string, options: RequestOptions): Promise<Response> {
  try {
    const response = await fetch(address(path, options.query), {
      method,
      headers: headersOf(options),
      body: options.raw?.content ?? (options.body === undefined ? undefined : JSON.stringify(options.body)),
      signal: options.signal,
      credentials: 'same-origin',
    })
    connection.reached()
    return response
  } catch (thrown) {
    if (thrown instanceof DOMException && thrown.name === 'AbortError') throw thrown
    connection.missed()
    throw new ApiProblem({ status: 0, code: 'offline' })
  }
}

/** The headers of a request, the tenant of this tab among them. */
export function headersOf({ body, raw, accept }: RequestOptions): Record<string, string> {
  const type = raw?.type ?? (body === undefined ? undefined : 'application/json')
  return {
    accept: accept ?? 'application/json',
    'tessera-request': '1',
    ...(tenantName === undefined ? {} : { 'tessera-tenant': tenantName }),
    ...(type === undefined ? {} : { 'content-type': type }),
  }
}

/** What an answer that refuses says. */
export async function refusal(response: Response, path: string, method = 'POST'): Promise<ApiProblem> {
  if (response.status === 401) for (const tell of unauthenticated) tell(path)
  const said = (await jsonOf(response)) as Partial<Problem> | undefined
  // A role was given meanwhile that asks for one: what was open before is so no longer.
  if (response.status === 403 && said?.reason === 'second_factor') location.assign('/second-factor')
  return new ApiProblem({
    code: fallbackCode(response.status),
    title: response.statusText,
    ...said,
    status: response.status,
    request: { method, path },
  })
}

async function jsonOf(response: Response): Promise<unknown> {
  const isJson = /json/.test(response.headers.get('content-type') ?? '')
  return isJson ? response.json().catch(() => undefined) : undefined
}

/** When to come again, in milliseconds (RFC 9110, section 10.2.3), a little spread: not all come at once. */
function retryAfter(response: Response): number | undefined {
  const text = response.headers.get('retry-after')
  if (text === null) return undefined
  const wait = /^\d+$/.test(text) ? Number(text) * 1_000 : Date.parse(text) - Date.now()
  return Number.isNaN(wait) ? undefined : Math.max(0, wait) * (1 + Math.random() / 4)
}

function passed(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds)
    signal?.addEventListener('abort', () => {
      clearTimeout(timer)
      reject(new DOMException('The request was given up.', 'AbortError'))
    })
  })
}

function fallbackCode(status: number): string {
  const codes: Readonly<Record<number, string>> = {
    401: 'unauthenticated',
    403: 'forbidden',
    404: 'not_found',
    409: 'conflict',
    413: 'too_large',
    422: 'validation',
    429: 'rate_limited',
  }
  return codes[status] ?? (status >= 500 ? 'unavailable' : 'bad_request')
}
