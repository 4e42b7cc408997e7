import type { Database } from '../database/index.ts'
import type { RecordPorts } from '../records/index.ts'
import { openAuth } from './identity/auth.ts'
import { createIdentities } from './identity/identities.ts'
import { createSignInLimits } from './identity/sign-in-limits.ts'
import { createSignIn } from './identity/sign-in.ts'
import type { Log } from './observe/log.ts'
import type { ModelSource, ServerParts } from './parts.ts'
import { defaultSettings, type ServerSettings } from './settings.ts'

/** Puts the parts of the HTTP face together over an open, migrated database. */
export async function createParts(options: {
  database: Database
  models: ModelSource
  ports: RecordPorts
  log: Log
  settings?: ServerSettings
  clock?: () => Date
}): Promise<ServerParts> {
  const { database, models, ports, log, settings = defaultSettings, clock = () => new Date() } = options
  const auth = await openAuth({ database, settings })
  const identities = createIdentities({ database, models, auth, clock })
  const limits = createSignInLimits(database)
  const signIn = createSignIn({ database, auth, identities, limits, clock })
  return { database, models, ports, identities, signIn, clock, log, settings }
}
