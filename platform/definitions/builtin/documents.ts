import administrator from './roles/administrator.json' with { type: 'json' }
import team from './objects/team.json' with { type: 'json' }
import user from './objects/user.json' with { type: 'json' }
import type { KindName } from '../model/model.ts'

/** The package name under which the platform's own declarations appear in origins. */
export const PLATFORM_PACKAGE = 'platform'

/** Name of the choice set that the roles of the tenant make up. */
export const ROLES_CHOICE_SET = 'roles'

/** What every tenant has before any package: people, teams, and the role that may do everything. */
export const builtinDocuments: readonly {
  readonly kind: KindName
  readonly name: string
  readonly document: Readonly<Record<string, unknown>>
}[] = [
  { kind: 'object', name: 'team', document: team },
  { kind: 'object', name: 'user', document: user },
  { kind: 'role', name: 'administrator', document: administrator },
]
