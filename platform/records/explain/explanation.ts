import type { LocalText } from '../../definitions/model/model.ts'

/** What somebody wants to do. */
export interface AccessQuestion {
  readonly object: string
  /** A record of it; without one, what holds for any. */
  readonly record?: string
  readonly action: 'create' | 'read' | 'update' | 'delete'
  readonly field?: string
}

/** Where in the declarations something is said. */
export interface Declared {
  /** Such as `roles/seller/objects/deal/read`. */
  readonly pointer: string
  /** The files that make up the document, the declaring one first. */
  readonly files: readonly string[]
  /** The level, the row rule, the right to a field; undefined where nothing is said, which denies. */
  readonly says: string | undefined
}

/** One of the things that can let somebody through at a level, and whether it does. */
export interface Ground {
  readonly kind: 'role' | 'rule' | 'share' | 'product'
  readonly allows: boolean
  readonly role?: { readonly name: string; readonly label: LocalText }
  /** What people read of a sharing rule. */
  readonly label?: LocalText
  readonly declared?: Declared
  /** Who shared it by hand, why, and until when. */
  readonly share?: {
    readonly with: string
    readonly reason: string
    readonly by: string | null
    readonly expires_at: string | null
  }
}

export type AccessLevel = 'feature' | 'object' | 'record' | 'field' | 'event'

/** One level of rights: it lets through where any of its grounds does. */
export interface LevelExplained {
  readonly level: AccessLevel
  readonly allows: boolean
  readonly action: string
  readonly grounds: readonly Ground[]
  /** Why, where no declaration alone decides it (a state that closes a field, what an event needs). */
  readonly reason?: string
}

/** Whether somebody may do something, and what decides it: the first level that does not let through. */
export interface Explanation {
  readonly allows: boolean
  readonly decided_by: AccessLevel | undefined
  readonly roles: readonly string[]
  readonly levels: readonly LevelExplained[]
}

/** Every level must let through. */
export function explanationOf(roles: readonly string[], levels: readonly LevelExplained[]): Explanation {
  const denying = levels.find((level) => !level.allows)
  return { allows: denying === undefined, decided_by: denying?.level, roles, levels }
}
