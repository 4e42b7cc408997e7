import type { Database } from '../database/index.ts'
import type { ModelStore } from '../publishing/store/model-store.ts'
import type { ProcessPorts } from '../processes/index.ts'
import type { RecordPorts } from '../records/index.ts'
import type { Identities } from './identity/identities.ts'
import type { ProviderSignIn } from './identity/providers/provider-sign-in.ts'
import type { SignInLimits } from './identity/sign-in-limits.ts'
import type { SignIn } from './identity/sign-in.ts'
import type { LiveChanges } from './live/live-changes.ts'
import type { Log } from './observe/log.ts'
import type { ServerSettings } from './settings.ts'

/** Gives the Model that a tenant serves now, and tells when another one is activated. */
export type ModelSource = Pick<ModelStore, 'current' | 'onActivated'>

/** Everything that the HTTP face works with. It opens nothing itself, so that tests can put it together. */
export interface ServerParts {
  readonly database: Database
  readonly models: ModelSource
  readonly ports: RecordPorts
  readonly processPorts: ProcessPorts
  readonly identities: Identities
  readonly limits: SignInLimits
  readonly signIn: SignIn
  readonly providerSignIn: ProviderSignIn
  readonly live: LiveChanges
  readonly clock: () => Date
  readonly log: Log
  readonly settings: ServerSettings
}
