import postgres from 'postgres'
import { setTimeout as wait } from 'node:timers/promises'
import { PLATFORM_NAME, readPassword } from './initialise.ts'
import type { Place } from './place.ts'
import { ensureRunning, stopServer } from './server.ts'

/** The use that one process makes of a server. */
export interface Membership {
  /** Connection string of the platform's role. */
  readonly url: string
  /** Ends the use; the last user stops the server. */
  leave(): Promise<void>
}

/** Key of the advisory lock that every user of the server holds, shared; who gets it alone is the last. */
const USERS_LOCK = 7_364_173

const PATIENCE_MS = 60_000

/** The server is stopping, starting, recovering, or gone: it will be back, or is to be started. */
const PASSING = new Set([
  '57P01',
  '57P02',
  '57P03',
  'ECONNREFUSED',
  'ECONNRESET',
  'CONNECTION_CLOSED',
  'CONNECTION_ENDED',
])

/**
 * Starts the server of the place or joins the one that runs. When the server dies while it is in use, it is
 * started again, on the same port unless another program has taken that meanwhile.
 * @param report told of a death and of what came after
 */
export async function joinServer(place: Place, report: (line: string) => void): Promise<Membership> {
  const password = await readPassword(place)
  let isLeaving = false
  let rejoining: Promise<void> | undefined
  const join = async () => {
    const deadline = Date.now() + PATIENCE_MS
    for (;;) {
      const port = await ensureRunning(place)
      const address = `postgres://${PLATFORM_NAME}:${password}@127.0.0.1:${port}`
      try {
        const connection = await takeLock(`${address}/postgres`, () => {
          rejoining = rejoin()
        })
        return { url: `${address}/${PLATFORM_NAME}`, connection }
      } catch (error) {
        const code = (error as { code?: string }).code ?? ''
        if (!PASSING.has(code) || Date.now() > deadline) throw error
        await wait(50)
      }
    }
  }
  const rejoin = async () => {
    if (isLeaving) return
    report('PostgreSQL stopped unexpectedly; starting it again.')
    try {
      const { url } = current
      current = await join()
      if (current.url !== url)
        report('PostgreSQL got another port, because its own was taken. Restart Tessera.')
    } catch (error) {
      report(`PostgreSQL did not start again: ${(error as Error).message}`)
    }
  }
  let current = await join()
  return {
    url: current.url,
    async leave() {
      // A server that has just died is started again first: only then is there a lock to give up.
      await rejoining
      isLeaving = true
      await giveUpLock(place, current.connection)
    },
  }
}

async function takeLock(url: string, onLoss: () => void): Promise<postgres.Sql> {
  let isHeld = false
  const connection = postgres(url, {
    max: 1,
    fetch_types: false,
    // The lock lives as long as the connection does.
    idle_timeout: undefined,
    max_lifetime: null,
    connection: { application_name: 'tessera user' },
    onnotice: () => undefined,
    onclose: () => {
      if (!isHeld) return
      isHeld = false
      void connection.end({ timeout: 0 })
      onLoss()
    },
  })
  try {
    await connection`select pg_advisory_lock_shared(${USERS_LOCK})`
    isHeld = true
    return connection
  } catch (error) {
    await connection.end({ timeout: 0 })
    throw error
  }
}

async function giveUpLock(place: Place, connection: postgres.Sql): Promise<void> {
  try {
    await connection`select pg_advisory_unlock_shared(${USERS_LOCK})`
    const [row] = await connection<{ alone: boolean }[]>`select pg_try_advisory_lock(${USERS_LOCK}) as alone`
    // A newcomer waits for the lock meanwhile, is disconnected by the stop, and starts the server again.
    if (!row?.alone) return
    await otherSessionsEnded(connection)
    await stopServer(place)
  } finally {
    await connection.end({ timeout: 0 }).catch(() => undefined)
  }
}

/** Pools that are being closed get a moment to say goodbye, instead of errors about a server that went away. */
async function otherSessionsEnded(connection: postgres.Sql): Promise<void> {
  for (let attempt = 0; attempt < 40; attempt++) {
    const others = await connection`
      select 1 from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()`
    if (others.length === 0) return
    await wait(50)
  }
}
