import type { Reach } from './rights.ts'

/** Who acts: a person, an API key's person, or the product itself under a declared role. */
export interface Principal {
  readonly kind: 'person' | 'process' | 'plugin'
  /** Id in the tenant's object `user`; undefined for automated work that no person began. */
  readonly userId: string | undefined
  readonly name: string
  readonly email: string | undefined
  readonly roles: readonly string[]
  /** Id of the team, and the reporting line. */
  readonly team: string | undefined
  readonly manager: string | undefined
  readonly locale: string
  readonly timeZone: string
  /** How far the API key reaches that is used; everything that the roles allow without it. See scopes.ts. */
  readonly scopes?: readonly string[]
  /** Somebody else acts in the place of the person. */
  readonly isImpersonated?: boolean
  /** How far the levels reach that look down the reporting line or into territories; `narrow` if not said. */
  readonly reach?: Reach
  /** False where nothing is shared with him by hand, so that nobody need look. */
  readonly hasShares?: boolean
}

/** The principal as expressions see it: `user.id`, `user.roles`, `user.team` ... */
export function userVariable(principal: Principal): Readonly<Record<string, unknown>> {
  return {
    id: principal.userId ?? null,
    name: principal.name,
    email: principal.email ?? null,
    roles: principal.roles,
    team: principal.team ?? null,
    manager: principal.manager ?? null,
    locale: principal.locale,
    time_zone: principal.timeZone,
  }
}

/** Values of the slots that predicates use, see predicate.ts. */
export function principalSlots(principal: Principal): Readonly<Record<string, unknown>> {
  return {
    'user.id': principal.userId ?? null,
    'user.name': principal.name,
    'user.email': principal.email ?? null,
    'user.roles': principal.roles,
    'user.team': principal.team ?? null,
    'user.manager': principal.manager ?? null,
    'user.locale': principal.locale,
    'user.time_zone': principal.timeZone,
    'user.grantees': granteesOf(principal),
  }
}

/** Under which names something can be shared with the principal, see the table `_share`. */
function granteesOf({ userId, team, roles }: Principal): readonly string[] {
  return [
    ...(userId === undefined ? [] : [`user:${userId}`]),
    ...(team === undefined ? [] : [`team:${team}`]),
    ...roles.map((role) => `role:${role}`),
  ]
}

/** PostgreSQL types of the slots. */
export const principalSlotTypes: Readonly<Record<string, string>> = {
  id: 'uuid',
  name: 'text',
  email: 'text',
  roles: 'text[]',
  team: 'uuid',
  manager: 'uuid',
  locale: 'text',
  time_zone: 'text',
}
