import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import type { Hono } from 'hono'
import type { ServerEnv } from './http/env.ts'
import { longestUploadMs } from './settings.ts'

export interface Listening {
  readonly port: number
  /** Takes no more requests, waits for those under way, then cuts what is still open. */
  close(): Promise<void>
}

export interface ListenOptions {
  readonly app: Hono<ServerEnv>
  readonly port: number
  /** All interfaces without it. */
  readonly hostname?: string
  /** Whether the next free port may be taken where this one is in use. */
  readonly isFlexible?: boolean
  readonly drainMs?: number
}

const portsTried = 20

/**
 * Listens for HTTP.
 * @throws when the port is taken (and no other may be), with the remedy
 */
export async function listen(options: ListenOptions): Promise<Listening> {
  const { app, port, hostname, isFlexible = false, drainMs = 10_000 } = options
  const server = createServer(getRequestListener(app.fetch))
  // Every body but that of an upload is given up sooner, see app.ts; a connection without a request costs little.
  server.requestTimeout = longestUploadMs
  server.headersTimeout = 20_000
  server.keepAliveTimeout = 65_000
  const last = isFlexible ? port + portsTried : port
  for (let candidate = port; ; candidate++) {
    try {
      await opened(server, candidate, hostname)
      break
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
      if (candidate >= last)
        throw new Error(`Port ${port} is taken. Choose another one with PORT or --port.`, { cause: error })
    }
  }
  return { port: (server.address() as AddressInfo).port, close: () => closed(server, drainMs) }
}

function opened(server: Server, port: number, hostname: string | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ port, ...(hostname === undefined ? {} : { host: hostname }) }, () => {
      server.off('error', reject)
      resolve()
    })
  })
}

function closed(server: Server, drainMs: number): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), drainMs)
    server.close(() => {
      clearTimeout(cut)
      resolve()
    })
    server.closeIdleConnections()
  })
}
