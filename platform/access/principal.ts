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
  }
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
