import { address, headersOf, refusal, type RequestOptions } from './client.ts'
import { connection } from './connection.svelte.ts'
import { ApiProblem } from './problem.ts'

interface UploadOptions {
  query: RequestOptions['query']
  file: File
  signal: AbortSignal
  /** Told the share that has been sent, from 0 to 1. */
  onprogress: (share: number) => void
}

/**
 * Sends a file as the body of a POST and answers the parsed JSON. By XMLHttpRequest: `fetch` does not tell how far it is.
 * Throws as `request` does.
 */
export async function upload<T>(path: string, options: UploadOptions): Promise<T> {
  const answer = await send(path, options)
  if (answer.status >= 400) throw await refusal(answer, path)
  return (await answer.json()) as T
}

function send(path: string, { query, file, signal, onprogress }: UploadOptions): Promise<Response> {
  const { promise, resolve, reject } = Promise.withResolvers<Response>()
  const sending = new XMLHttpRequest()
  const type = file.type || 'application/octet-stream'
  sending.open('POST', address(path, query))
  const headers = headersOf({ raw: { content: file, type } })
  for (const [name, value] of Object.entries(headers)) sending.setRequestHeader(name, value)
  sending.upload.onprogress = ({ loaded, total }) => onprogress(total === 0 ? 1 : loaded / total)
  sending.onload = () => {
    connection.reached()
    resolve(answerOf(sending))
  }
  sending.onerror = () => {
    connection.missed()
    reject(new ApiProblem({ status: 0, code: 'offline' }))
  }
  sending.onabort = () => reject(new DOMException('The file was not sent.', 'AbortError'))
  signal.addEventListener('abort', () => sending.abort())
  sending.send(file)
  return promise
}

function answerOf(sent: XMLHttpRequest): Response {
  const { responseText, status, statusText } = sent
  const headers = { 'content-type': sent.getResponseHeader('content-type') ?? '' }
  return new Response(responseText, { status, statusText, headers })
}
