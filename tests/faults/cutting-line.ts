import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

/** A way to the database that can be cut after a statement. */
export interface CuttingLine {
  readonly port: number
  /** Cuts the connection when the server has done so many statements more, before the client hears of the last. */
  cutAfter(statements: number): void
  /** Whether it has been cut since it was asked for; whoever asks takes back what was not. */
  wasCut(): boolean
  close(): Promise<void>
}

/** Listens on this machine and passes on what comes to the PostgreSQL server, and its answers. */
export async function openCuttingLine(server: { host: string; port: number }): Promise<CuttingLine> {
  let left = Infinity
  let isCut = false
  const sockets = new Set<Socket>()
  const listener = createServer((client) => {
    const upstream = connect(server.port, server.host)
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      // A line that is cut is no news.
      socket
        .on('error', () => undefined)
        .on('close', () => {
          sockets.delete(socket)
          client.destroy()
          upstream.destroy()
        })
    }
    const completed = countCompleted()
    client.on('data', (bytes) => upstream.write(bytes))
    upstream.on('data', (bytes) => {
      left -= completed(bytes)
      if (left > 0) return void client.write(bytes)
      left = Infinity
      isCut = true
      client.destroy()
      upstream.destroy()
    })
  })
  listener.listen(0, '127.0.0.1')
  await once(listener, 'listening')
  return {
    port: (listener.address() as AddressInfo).port,
    cutAfter(statements) {
      left = statements
      isCut = false
    },
    wasCut() {
      left = Infinity
      return isCut
    },
    async close() {
      for (const socket of sockets) socket.destroy()
      listener.close()
      await once(listener, 'close')
    },
  }
}

/** Counts the messages CommandComplete (C) in what a server says: one byte of type, four of length, the rest. */
function countCompleted(): (bytes: Buffer) => number {
  let kept: Buffer = Buffer.alloc(0)
  return (bytes) => {
    kept = Buffer.concat([kept, bytes])
    let count = 0
    let at = 0
    while (kept.length - at >= 5) {
      const end = at + 1 + kept.readInt32BE(at + 1)
      if (end > kept.length) break
      if (kept[at] === 'C'.charCodeAt(0)) count += 1
      at = end
    }
    kept = kept.subarray(at)
    return count
  }
}
