import { connection } from './connection.svelte.ts'
import { ApiProblem } from './problem.ts'
import type { Problem } from './types.ts'

export interface RequestOptions {
  query?: Readonly<Record<string, string | number | boolean | undefined>>
  body?: unknown
  /** Bytes sent as they are, with their content type; instead of `body`. */
  raw?: { content: Blob; type: string }
  signal?: AbortSignal
}

/**
 * One request to the server. Answers the parsed JSON (undefined for an empty answer).
 * Throws ApiProblem for every refusal, `offline` where the server was not reached, and the DOM's AbortError.
 */
export async function request<T>(method: string, path: string, options: RequestOptions = {}): Promise<T> {
  const response = await reach(address(path, options.query), {
    method,
    headers: headersOf(options),
    body: options.raw?.content ?? (options.body === undefined ? undefined : JSON.stringify(options.body)),
    signal: options.signal,
    credentials: 'same-origin',
  })
  if (response.status === 204) return undefined as T
  const isJson = /json/.test(response.headers.get('content-type') ?? '')
  const content: unknown = isJson ? await response.json().catch(() => undefined) : undefined
  if (response.ok) return content as T
  if (response.status === 401) for (const tell of unauthenticated) tell(path)
  throw new ApiProblem({
    code: fallbackCode(response.status),
    title: response.statusText,
    ...(content as Partial<Problem> | undefined),
    status: response.status,
  })
}

export const api = {
  get: <T>(path: string, query?: RequestOptions['query'], signal?: AbortSignal) =>
    request<T>('GET', path, { query, signal }),
  post: <T>(path: string, body: unknown = {}, signal?: AbortSignal) =>
    request<T>('POST', path, { body, signal }),
  patch: <T>(path: string, body: unknown) => request<T>('PATCH', path, { body }),
  delete: <T>(path: string) => request<T>('DELETE', path),
}

/** Headers that every request carries: the tenant, and the proof that the page itself sent it. */
export function commonHeaders(): Record<string, string> {
  return { 'tessera-request': '1', ...(tenantName === undefined ? {} : { 'tessera-tenant': tenantName }) }
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

function address(path: string, query: RequestOptions['query']): string {
  const pairs = Object.entries(query ?? {}).filter(([, value]) => value !== undefined && value !== '')
  if (pairs.length === 0) return `/api${path}`
  return `/api${path}?${new URLSearchParams(pairs.map(([name, value]) => [name, String(value)]))}`
}

function headersOf({ body, raw }: RequestOptions): Record<string, string> {
  const type = raw?.type ?? (body === undefined ? undefined : 'application/json')
  return {
    accept: 'application/json',
    ...commonHeaders(),
    ...(type === undefined ? {} : { 'content-type': type }),
  }
}

async function reach(url: string, init: RequestInit): Promise<Response> {
  try {
    const response = await fetch(url, init)
    connection.reached()
    return response
  } catch (thrown) {
    if (thrown instanceof DOMException && thrown.name === 'AbortError') throw thrown
    connection.missed()
    throw new ApiProblem({ status: 0, code: 'offline' })
  }
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
