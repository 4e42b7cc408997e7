import type { Database } from '../database/index.ts'
import type { Model } from '../definitions/model/model.ts'
import type { RecordPorts } from '../records/index.ts'
import type { Identities } from './identity/identities.ts'
import type { SignIn } from './identity/sign-in.ts'
import type { Log } from './observe/log.ts'
import type { ServerSettings } from './settings.ts'

/** Gives the Model that a tenant serves now, and tells when another one is activated. */
export interface ModelSource {
  /** @throws where nothing has been published to the tenant */
  current(tenant: string): Promise<Model>
  /** Returns how to stop being told. */
  onActivated(tell: (activation: { readonly tenant: string; readonly model: Model }) => void): () => void
}

/** Everything that the HTTP face works with. It opens nothing itself, so that tests can put it together. */
export interface ServerParts {
  readonly database: Database
  readonly models: ModelSource
  readonly ports: RecordPorts
  readonly identities: Identities
  readonly signIn: SignIn
  readonly clock: () => Date
  readonly log: Log
  readonly settings: ServerSettings
}
