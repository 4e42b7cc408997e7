import { connect, type Socket } from 'node:net'

/** Where the driver is to connect to, as it has read it from the address; `path` is a local socket. */
interface Servers {
  readonly host: readonly string[]
  readonly port: readonly number[]
  readonly path: string | false
}

const keepAliveMs = 60_000

/**
 * Opens the sockets of a pool, for its servers in turn, as the driver (postgres.js 3.4.9) would, but for one thing: what
 * is written is sent at once. The driver writes statements that are sent together in parts of a kilobyte, and by
 * default (Nagle's algorithm) TCP holds a second part back until the server has answered the first.
 */
export function socketOpener(): (servers: Servers) => Socket {
  let opened = 0
  return ({ host: hosts, port: ports, path }) => {
    if (path !== false) return connect({ path })
    const at = opened++ % hosts.length
    const [host, port] = [hosts[at] as string, ports[at] as number]
    const socket = connect({
      ...{ host, port, noDelay: true },
      ...{ keepAlive: true, keepAliveInitialDelay: keepAliveMs },
    })
    // The driver verifies the certificate by the name, and names both in its errors.
    return Object.assign(socket, { host, port })
  }
}
