import { request as requestHttp, type IncomingMessage } from 'node:http'
import { request as requestHttps } from 'node:https'
import type { ConnectionModel } from '../../definitions/model/connection.ts'
import {
  storable,
  type AttemptOutcome,
  type Json,
  type OutgoingAnswer,
  type OutgoingRequest,
} from '../../processes/index.ts'
import { AddressRefused, checkedLookup, checkHost } from './addresses.ts'
import { secretVariable, type OutgoingMeans } from './means.ts'

const largestAnswer = 256 * 1024

/** Sends a request over its connection, once, and tells what came of it. Redirections are not followed. */
export async function sendRequest(
  connection: ConnectionModel,
  options: {
    tenant: string
    key: string
    request: OutgoingRequest
    isAwaited: boolean
    means: OutgoingMeans
  },
): Promise<AttemptOutcome> {
  const started = performance.now()
  const passed = () => performance.now() - started
  try {
    const prepared = prepare(connection, options)
    if ('error' in prepared) return { type: 'failed', ...prepared, ms: passed() }
    const answer = await exchange(connection, { ...prepared, ...options })
    return { ...verdict(answer, options.isAwaited), ms: passed() }
  } catch (error) {
    return {
      type: 'failed',
      isPassing: !(error instanceof AddressRefused),
      error: failureText(error, connection),
      ms: passed(),
    }
  }
}

interface Prepared {
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
}

/** The address and the headers, or why there are none. */
function prepare(
  connection: ConnectionModel,
  { tenant, key, request, means }: Parameters<typeof sendRequest>[1],
): Prepared | { isPassing: boolean; error: string } {
  const base = new URL(connection.baseUrl)
  const url = URL.parse(`${connection.baseUrl}${request.path}`)
  // Declarations are checked, and values are encoded; this holds whatever they are.
  if (url === null || url.origin !== base.origin || !url.pathname.startsWith(base.pathname))
    return { isPassing: false, error: `"${request.path}" does not lie below ${connection.baseUrl}.` }
  if (!connection.methods.has(request.method))
    return {
      isPassing: false,
      error: `The connection "${connection.name}" does not admit ${request.method}.`,
    }
  const headers: Record<string, string> = {
    accept: 'application/json, */*;q=0.5',
    'idempotency-key': key,
    'user-agent': 'Tessera',
    ...(request.body === null ? {} : { 'content-type': 'application/json' }),
  }
  for (const [name, { secret, prefix }] of connection.headers) {
    const value = means.secret(tenant, secret)
    if (value === undefined)
      return {
        isPassing: true,
        error: `The secret "${secret}" is not known: set ${secretVariable(tenant, secret)} where the server starts.`,
      }
    headers[name] = `${prefix}${value}`
  }
  return { url, headers }
}

interface Exchange {
  readonly answer: OutgoingAnswer
  readonly location: string | undefined
  readonly retryAfter: string | undefined
}

async function exchange(
  connection: ConnectionModel,
  { url, headers, request }: Prepared & { request: OutgoingRequest },
): Promise<Exchange> {
  const reach = { hasPrivate: connection.hasPrivateAddresses }
  checkHost(url.hostname, reach)
  const signal = AbortSignal.timeout(connection.timeoutMs)
  const send = url.protocol === 'https:' ? requestHttps : requestHttp
  // A connection of its own: one that is kept open was checked for somebody else.
  const sent = send(url, {
    method: request.method,
    headers,
    agent: false,
    signal,
    lookup: checkedLookup(reach),
  })
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    sent.on('response', resolve)
    sent.on('error', reject)
  })
  sent.end(request.body === null ? undefined : JSON.stringify(request.body))
  const response = await answered
  const { text, isCut } = await readUpTo(response, largestAnswer)
  sent.destroy()
  const { location, 'retry-after': retryAfter } = response.headers
  const body = bodyOf(text, { type: response.headers['content-type'] ?? '', isCut })
  return { answer: { status: response.statusCode ?? 0, body, isCut }, location, retryAfter }
}

async function readUpTo(
  response: AsyncIterable<Buffer>,
  limit: number,
): Promise<{ text: string; isCut: boolean }> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of response) {
    size += part.length
    parts.push(part)
    if (size > limit) break
  }
  return { text: Buffer.concat(parts).subarray(0, limit).toString('utf8'), isCut: size > limit }
}

function bodyOf(text: string, { type, isCut }: { type: string; isCut: boolean }): Json {
  if (text === '') return null
  if (/^application\/(?:[\w.+-]+\+)?json\b/i.test(type) && !isCut)
    try {
      return storable(JSON.parse(text) as Json)
    } catch {
      // Kept as the text that it is.
    }
  return storable(text)
}

/** What the status means: received (2xx), not now (408, 429, 5xx), or never (all others, redirections among them). */
function verdict({ answer, location, retryAfter }: Exchange, isAwaited: boolean) {
  const { status, isCut } = answer
  if (status >= 200 && status < 300) {
    if (!isAwaited || !isCut) return { type: 'delivered' as const, answer }
    const error = `It was received, but the answer is larger than ${largestAnswer / 1024} KiB.`
    return { type: 'failed' as const, isPassing: false, error, answer }
  }
  const isPassing = status === 408 || status === 429 || status >= 500
  const wait = retryAfter === undefined ? undefined : retryAfterMs(retryAfter)
  const to = location === undefined ? '' : ` to ${location.slice(0, 200)}, which is not followed`
  return {
    type: 'failed' as const,
    isPassing,
    error: `The answer was ${status}${to}.`,
    answer,
    ...(wait === undefined ? {} : { retryAfterMs: wait }),
  }
}

/** Seconds, or a moment on the clock of the other side (RFC 9110, section 10.2.3). */
function retryAfterMs(text: string): number | undefined {
  const wait = /^\d{1,9}$/.test(text) ? Number(text) * 1_000 : Date.parse(text) - Date.now()
  return Number.isNaN(wait) ? undefined : Math.max(0, wait)
}

function failureText(error: unknown, { timeoutMs }: ConnectionModel): string {
  if (error instanceof AddressRefused) return error.message
  const { name, code, message } = error as NodeJS.ErrnoException
  if (name === 'AbortError' || name === 'TimeoutError' || code === 'ABORT_ERR')
    return `There was no answer within ${timeoutMs / 1_000} seconds.`
  return `The host could not be reached: ${message.slice(0, 300)}`
}
