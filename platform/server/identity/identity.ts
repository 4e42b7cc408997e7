import type { Principal } from '../../access/principal.ts'

export interface TenantName {
  readonly name: string
  readonly label: string
}

export interface CurrentSession {
  readonly id: string
  readonly createdAt: Date
  /** Whether a second factor was shown when it was opened, or set up in it. */
  readonly hasSecondFactor: boolean
}

/** Who asks, for which tenant, and how far the means of identification reaches. */
export interface Identity {
  readonly via: 'session' | 'key'
  readonly tenant: string
  readonly principal: Principal & { readonly userId: string }
  /** All tenants that the person belongs to; for a key its own. */
  readonly tenants: readonly TenantName[]
  /** Id of the account behind a session. */
  readonly account: string | undefined
  readonly session: CurrentSession | undefined
  /** Id of the key, for the history. */
  readonly key: string | undefined
  /** Present where somebody acts for the principal, or did until his time was over. */
  readonly impersonation?: Impersonation
}

export interface Impersonation {
  /** Who acts. */
  readonly by: { readonly id: string; readonly name: string }
  /** For whom. */
  readonly member: string
  readonly reason: string
  readonly endsAt: Date
  /** The principal is who acted himself, and may do nothing but end it. */
  readonly isOver: boolean
}
