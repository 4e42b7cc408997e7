import type { HttpBindings } from '@hono/node-server'
import type { WorkOptions } from '../../records/index.ts'
import type { Identity } from '../identity/identity.ts'

/** What middleware leaves for the routes. */
export interface ServerEnv {
  Bindings: Partial<HttpBindings>
  Variables: {
    requestId: string
    /** Headers of an answer with data. */
    dataHeaders: Readonly<Record<string, string>>
    /** The answer has all its headers. */
    isHeaded?: boolean
    /** Who asks; set for every route that needs a sign-in. */
    identity: Identity
    /** What the unit of work of this request is made of, with the Model that was current when it began. */
    work: WorkOptions
  }
}
