import postgres from 'postgres'
import { setTimeout as wait } from 'node:timers/promises'
import { initialise, PLATFORM_NAME, readPassword } from './initialise.ts'
import { findPlace, type Place } from './place.ts'
import { ensureRunning, stopServer } from './server.ts'

/** A running server of which this process is a user. */
export interface EmbeddedServer {
  /** Connection string of the platform's role, with its password. */
  readonly url: string
  readonly folder: string
  /** Whether the data folder was made by this call. */
  readonly isNew: boolean
  /** Lines for the person at the terminal, such as where the data is when it is not in the project. */
  readonly notices: readonly string[]
  /** Ends the use. The last user stops the server. Close every other connection first. */
  release(): Promise<void>
}

/** Key of the advisory lock that every user of the server holds, shared; who gets it alone is the last. */
const USERS_LOCK = 7_364_173

/**
 * Starts the PostgreSQL that npm installed, for the project folder, or joins the one that runs already.
 *
 * Rule for several commands at once: each user holds a shared lock for as long as it lives. The server runs
 * apart from all of them, and the user that leaves last stops it. A user that is killed leaves it running;
 * the next command uses it again and stops it in its turn.
 * @param isDurable false for tests alone (no fsync)
 */
export async function startEmbedded({
  project,
  isDurable = true,
}: {
  project: string
  isDurable?: boolean
}): Promise<EmbeddedServer> {
  const isNew = await initialise(await findPlace(project), { isDurable })
  // Looked up anew: another process may have been faster and placed the folder elsewhere.
  const place = await findPlace(project)
  const users = await join(place)
  return {
    url: users.url,
    folder: place.folder,
    isNew,
    notices: place.notice ? [place.notice] : [],
    release: () => leave(place, users),
  }
}

interface Membership {
  readonly url: string
  readonly connection: postgres.Sql
}

async function join(place: Place): Promise<Membership> {
  const password = await readPassword(place)
  for (let attempt = 1; ; attempt++) {
    const port = await ensureRunning(place)
    const address = `postgres://${PLATFORM_NAME}:${password}@127.0.0.1:${port}`
    try {
      return { url: `${address}/${PLATFORM_NAME}`, connection: await takeLock(`${address}/postgres`) }
    } catch (error) {
      // The last user was stopping the server just now: start it again.
      if (attempt === 20) throw error
      await wait(50)
    }
  }
}

async function takeLock(url: string): Promise<postgres.Sql> {
  const connection = postgres(url, {
    max: 1,
    fetch_types: false,
    max_lifetime: null,
    connection: { application_name: 'tessera user' },
    onnotice: () => undefined,
  })
  try {
    await connection`select pg_advisory_lock_shared(${USERS_LOCK})`
    return connection
  } catch (error) {
    await connection.end({ timeout: 0 })
    throw error
  }
}

async function leave(place: Place, { connection }: Membership): Promise<void> {
  try {
    await connection`select pg_advisory_unlock_shared(${USERS_LOCK})`
    const [row] = await connection<{ alone: boolean }[]>`select pg_try_advisory_lock(${USERS_LOCK}) as alone`
    if (row?.alone) await stopServer(place)
  } finally {
    await connection.end({ timeout: 0 }).catch(() => undefined)
  }
}
