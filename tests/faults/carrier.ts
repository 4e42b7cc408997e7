import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Somebody outside who is asked, and does not always answer as one would wish. */
export interface Carrier {
  readonly url: string
  /** By the key in the body: the idempotency keys under which it was received. */
  readonly received: ReadonlyMap<string, ReadonlySet<string>>
  /** Keys of what it has confirmed. */
  readonly confirmed: ReadonlySet<string>
  close(): void
}

/** Of ten requests one is refused for now, and one is received without an answer. */
export async function openCarrier(): Promise<Carrier> {
  const received = new Map<string, Set<string>>()
  const confirmed = new Set<string>()
  let count = 0
  const server = createServer((request, response) => {
    let text = ''
    request.on('data', (bytes: Buffer) => (text += bytes.toString()))
    request.on('end', () => {
      const kind = count++ % 10
      if (kind === 3) return void response.writeHead(503).end()
      const { key } = JSON.parse(text) as { key: string }
      const keys = received.get(key) ?? new Set()
      received.set(key, keys.add(String(request.headers['idempotency-key'])))
      if (kind === 7) return void response.destroy()
      confirmed.add(key)
      response.writeHead(204).end()
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    received,
    confirmed,
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}
