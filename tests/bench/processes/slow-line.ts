import { once } from 'node:events'
import { connect, createServer, type AddressInfo } from 'node:net'

/** A slow way to the database that counts how often it goes to and fro. */
export interface SlowLine {
  /** The address through the line. */
  readonly address: string
  /** How often the client has sent something after it was answered, since the last look. */
  takeTrips(): number
  close(): void
}

const delayMs = 15

/** Slow enough that what is sent together arrives together, whatever the machine is doing. */
export async function openSlowLine(address: string): Promise<SlowLine> {
  const url = new URL(address)
  const { hostname } = url
  const port = Number(url.port)
  let trips = 0
  const listener = createServer((client) => {
    const upstream = connect(port, hostname)
    let isAnswered = true
    client.on('data', (bytes) => {
      if (isAnswered) trips += 1
      isAnswered = false
      setTimeout(() => upstream.write(bytes), delayMs)
    })
    upstream.on('data', (bytes) => {
      setTimeout(() => {
        isAnswered = true
        client.write(bytes)
      }, delayMs)
    })
    const end = () => {
      client.destroy()
      upstream.destroy()
    }
    for (const socket of [client, upstream]) socket.on('close', end).on('error', end)
  })
  listener.listen(0, '127.0.0.1')
  await once(listener, 'listening')
  url.port = String((listener.address() as AddressInfo).port)
  return {
    address: url.href,
    takeTrips() {
      const counted = trips
      trips = 0
      return counted
    },
    close: () => void listener.close(),
  }
}
