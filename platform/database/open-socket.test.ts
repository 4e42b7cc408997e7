import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Server } from 'node:net'
import { expect, it } from 'vitest'
import { freshDatabase } from '../../tests/harness/fresh-database.ts'
import { openPool } from './sql.ts'

const database = await freshDatabase()
const { username, password, host, hostname, port, pathname } = new URL(database.url)
const addressOf = (...hosts: readonly string[]) =>
  `postgres://${username}:${password}@${hosts.join(',')}${pathname}`

it('goes on to the next server of the address where one does not answer', async () => {
  const silent = `127.0.0.1:${await unusedPort()}`
  const pool = openPool({ url: addressOf(silent, host), name: 'several', size: 3 })
  const rows = await Promise.all([1, 2, 3].map((number) => pool`select ${number}::int as number`))
  await pool.end({ timeout: 1 })
  expect(rows.map(([row]) => row?.number as number)).toEqual([1, 2, 3])
})

it('says that a server does not answer, and connects when it does', async () => {
  const later = await unusedPort()
  const pool = openPool({ url: addressOf(`127.0.0.1:${later}`), name: 'later', size: 1 })
  await expect(pool`select 1`.execute()).rejects.toMatchObject({ code: 'ECONNREFUSED', port: later })
  const server = await listening(
    createServer((client) => {
      const upstream = connect(Number(port), hostname)
      client.pipe(upstream).pipe(client)
    }),
    later,
  )
  expect(await pool`select 1 as number`).toMatchObject([{ number: 1 }])
  await pool.end({ timeout: 1 })
  server.close()
})

async function unusedPort(): Promise<number> {
  const server = await listening(createServer(), 0)
  const { port: unused } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return unused
}

async function listening(server: Server, at: number): Promise<Server> {
  server.listen(at, '127.0.0.1')
  await once(server, 'listening')
  return server
}
