import { initialise } from './initialise.ts'
import { joinServer } from './membership.ts'
import { findPlace } from './place.ts'

/** A running server of which this process is a user. */
export interface EmbeddedServer {
  /** Connection string of the platform's role, with its password. */
  readonly url: string
  readonly folder: string
  /** Whether the data folder was made by this call. */
  readonly isNew: boolean
  /** Lines for the person at the terminal, such as where the data is when it is not in the project. */
  readonly notices: readonly string[]
  /** Ends the use. Close every other connection first. */
  release(): Promise<void>
}

/**
 * Starts the PostgreSQL that npm installed, for the project folder, or joins the one that runs already.
 *
 * Rule for several commands at once: each user holds a shared lock for as long as it lives. The server runs
 * apart from all of them, and the user that leaves last stops it. A user that is killed leaves it running;
 * the next command uses it again and stops it in its turn.
 * @param isDurable false for what is thrown away after its use (no fsync)
 * @param report told when the server dies and is started again
 */
export async function startEmbedded({
  project,
  isDurable = true,
  report = () => undefined,
}: {
  project: string
  isDurable?: boolean
  report?: (line: string) => void
}): Promise<EmbeddedServer> {
  const isNew = await initialise(await findPlace(project), { isDurable })
  // Looked up anew: another process may have been faster and placed the folder elsewhere.
  const place = await findPlace(project)
  const membership = await joinServer(place, report)
  return {
    url: membership.url,
    folder: place.folder,
    isNew,
    notices: place.notice ? [place.notice] : [],
    release: () => membership.leave(),
  }
}
