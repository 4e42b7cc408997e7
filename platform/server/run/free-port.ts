import { connect } from 'node:net'

/**
 * The first port from `port` on to which nobody answers on this machine. Listening alone does not tell: a server that
 * holds 127.0.0.1 and one that holds all addresses can share a number, and people reach the first.
 */
export async function freePort(port: number): Promise<number> {
  for (let candidate = port; candidate < port + 20; candidate++)
    if (!(await isAnswered(candidate))) return candidate
  return port
}

function isAnswered(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' })
    const answer = (isTaken: boolean) => {
      socket.destroy()
      resolve(isTaken)
    }
    socket.setTimeout(300, () => answer(false))
    socket.once('connect', () => answer(true))
    socket.once('error', () => answer(false))
  })
}
