import { connect } from 'node:net'

/**
 * Sends a request as bytes, with headers that no client would send. Gives the status and everything that came; a server that
 * does not answer within some seconds is a failure.
 */
export function rawRequest(
  origin: string,
  {
    method = 'GET',
    path,
    headers,
    body = '',
  }: { method?: string; path: string; headers: readonly (readonly [string, string])[]; body?: string },
): Promise<{ status: number; text: string }> {
  const { hostname, port, host } = new URL(origin)
  const given = new Set(headers.map(([name]) => name))
  const usual = [
    ['host', host],
    ['connection', 'close'],
    ['content-length', String(Buffer.byteLength(body, 'latin1'))],
  ].filter(([name]) => !given.has(name as string))
  const head = [...usual, ...headers].map(([name, value]) => `${name}: ${value}\r\n`).join('')
  return new Promise((resolve, reject) => {
    const socket = connect({ host: hostname, port: Number(port) })
    const chunks: Buffer[] = []
    const refuse = (why: string) => {
      socket.destroy()
      reject(new Error(`${why}: ${method} ${path} ${JSON.stringify(head).slice(0, 300)}`))
    }
    const timer = setTimeout(() => refuse('No answer'), 8_000)
    socket.on('data', (chunk) => chunks.push(chunk))
    socket.on('error', () => {
      // Who is refused in the middle of sending may find the connection closed; what has come counts.
      if (chunks.length === 0) refuse('Broken off')
    })
    socket.on('close', () => {
      clearTimeout(timer)
      const text = Buffer.concat(chunks).toString('latin1')
      resolve({ status: Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0), text })
    })
    socket.write(Buffer.from(`${method} ${path} HTTP/1.1\r\n${head}\r\n${body}`, 'latin1'))
  })
}
