import type { Database } from '../database/index.ts'
import { clocksPort, lifecyclePort, triggersPort, waitsPort, type ProcessPorts } from '../processes/index.ts'
import type { RecordPorts } from '../records/index.ts'
import type { Auth } from './identity/auth.ts'
import { createIdentities } from './identity/identities.ts'
import { guardDeletion, guardPeople } from './identity/people-guard.ts'
import { createProviderSignIn } from './identity/providers/provider-sign-in.ts'
import { sessionSecret } from './identity/session-secret.ts'
import { endForLeavers } from './identity/sessions/end-for-leavers.ts'
import { createSignInLimits } from './identity/sign-in-limits.ts'
import { createSignIn } from './identity/sign-in.ts'
import { createLiveChanges } from './live/live-changes.ts'
import type { Log } from './observe/log.ts'
import type { ModelSource, ServerParts } from './parts.ts'
import { defaultSettings, type ServerSettings } from './settings.ts'

/** Puts the parts of the HTTP face together over an open, migrated database. */
export async function createParts(options: {
  database: Database
  models: ModelSource
  /** What plugins bring: hooks before writes, actions of processes. */
  plugins?: { beforeWrite?: RecordPorts['beforeWrite']; callAction?: ProcessPorts['callAction'] }
  log: Log
  settings?: ServerSettings
  clock?: () => Date
}): Promise<ServerParts> {
  const {
    database,
    models,
    plugins = {},
    log,
    settings = defaultSettings,
    clock = () => new Date(),
  } = options
  const { beforeWrite, callAction } = plugins
  const processPorts: ProcessPorts = callAction === undefined ? {} : { callAction }
  const ports: RecordPorts = {
    lifecycle: lifecyclePort(processPorts),
    clocks: clocksPort,
    waits: waitsPort,
    triggers: triggersPort,
    beforeWrite: endForLeavers(guardPeople(beforeWrite)),
    beforeDelete: guardDeletion,
  }
  const auth = openLater({ database, settings, secret: await sessionSecret(database) })
  const identities = createIdentities({ database, models, auth, settings, clock })
  const limits = createSignInLimits(database, clock)
  const signIn = createSignIn({ database, auth, identities, limits, settings, clock })
  const providerSignIn = createProviderSignIn({ database, auth, identities, settings, clock, log })
  const live = createLiveChanges({ database, models, ports, identities, clock, log })
  return {
    database,
    models,
    ports,
    processPorts,
    identities,
    limits,
    signIn,
    providerSignIn,
    live,
    clock,
    log,
    settings,
  }
}

/** better-auth and what it brings are a fifth of the server's modules: loaded when somebody signs in, or by warmUp. */
function openLater(options: { database: Database; settings: ServerSettings; secret: string }) {
  let opened: Promise<Auth> | undefined
  return () => (opened ??= import('./identity/auth.ts').then(({ openAuth }) => openAuth(options)))
}
