import { TesseraError } from '../../access/errors.ts'
import type { Database } from '../../database/index.ts'
import type { ModelSource } from '../parts.ts'
import { findKey, isKey, type FoundKey } from './api-keys.ts'
import type { Auth } from './auth.ts'
import type { ServerSettings } from '../settings.ts'
import type { CurrentSession, Identity } from './identity.ts'
import { openImpersonations, type OpenImpersonation } from './impersonation/impersonations.ts'
import { refusedToActFor } from './impersonation/may-act-for.ts'
import { readPerson, type Person } from './principals.ts'
import { ShortMemory } from './short-memory.ts'

/** How long it may take until another node notices that a person was deactivated or a key revoked. */
const rememberedSeconds = 3
const dayMs = 86_400_000

interface Account {
  readonly id: string
  readonly session: CurrentSession
  readonly expiresAt: number
  readonly members: readonly Membership[]
  readonly impersonations: readonly OpenImpersonation[]
}

export interface Membership {
  readonly tenant: string
  readonly label: string
  readonly member: string
}

/** What a request says about who sends it. */
export interface Credentials {
  readonly headers: Headers
  /** The tenant that is asked for; the first of the person without it. */
  readonly tenant: string | undefined
  /** The network address that it came from. */
  readonly address?: string
}

/** Finds out who asks, remembers it for a few seconds, and forgets it when something about the person changes. */
export interface Identities {
  /**
   * @returns who asks, and headers that renew the session
   * @throws TesseraError unauthenticated, forbidden for a tenant that one does not belong to
   */
  identify(credentials: Credentials): Promise<{ identity: Identity; renewal: readonly string[] }>
  membershipsOf(account: string): Promise<readonly Membership[]>
  person(tenant: string, member: string): Promise<Person | undefined>
  /** After a change of a person's row. */
  forgetPeople(tenant: string): void
  /** After a sign-out, a change of password or of memberships, or the revocation of a key. */
  forgetCredentials(): void
}

export function createIdentities(parts: {
  database: Database
  models: ModelSource
  auth: () => Promise<Auth>
  settings: ServerSettings
  clock: () => Date
}): Identities {
  const { database, models, auth, settings, clock } = parts
  const accounts = new ShortMemory<Account | undefined>({ seconds: rememberedSeconds })
  const keys = new ShortMemory<FoundKey | undefined>({ seconds: rememberedSeconds })
  const people = new ShortMemory<Person | undefined>({ seconds: rememberedSeconds })

  const person = (tenant: string, member: string) =>
    people.get(`${tenant}/${member}`, () => readPerson({ database, models, tenant, member, now: clock() }))

  async function bySession({ headers, tenant }: Credentials) {
    let renewal: readonly string[] = []
    const account = await accounts.get(headers.get('cookie') ?? '', async () => {
      const { api } = await auth()
      const found = await api.getSession({ headers, returnHeaders: true })
      renewal = found.headers.getSetCookie()
      if (found.response === null) return undefined
      const { session, user } = found.response
      const createdAt = new Date(session.createdAt)
      const ends = createdAt.getTime() + settings.signIn.longestDays * dayMs
      const members = await readMemberships(database, user.id)
      return {
        id: user.id,
        session: { id: session.id, createdAt, hasSecondFactor: Boolean(session.secondFactor) },
        expiresAt: Math.min(new Date(session.expiresAt).getTime(), ends),
        members,
        impersonations: await openImpersonations(database, session.id),
      }
    })
    if (account === undefined || account.expiresAt <= clock().getTime()) throw unauthenticated()
    const { membership, principal } = await choose(account.members, tenant)
    const acting = await actingFor(account.impersonations, membership, principal)
    const identity: Identity = {
      via: 'session',
      tenant: membership.tenant,
      principal,
      ...acting,
      tenants: account.members.map(({ tenant: name, label }) => ({ name, label })),
      account: account.id,
      session: account.session,
      key: undefined,
    }
    return { identity, renewal }
  }

  /** For whom the person acts in this session, while he may: by his rights as they are now. */
  async function actingFor(
    open: readonly OpenImpersonation[],
    { tenant, member: own }: Membership,
    impersonator: Person,
  ): Promise<Pick<Identity, 'impersonation'> & Partial<Pick<Identity, 'principal'>>> {
    const found = open.find((each) => each.tenant === tenant && each.impersonator === own)
    if (found === undefined) return {}
    const { member, reason, endsAt } = found
    const [model, target] = await Promise.all([models.current(tenant), person(tenant, member)])
    const isOver =
      endsAt <= clock() ||
      target === undefined ||
      refusedToActFor(model, { impersonator, person: target }) !== undefined
    const by = { id: own, name: impersonator.name }
    return {
      ...(isOver ? {} : { principal: { ...target, isImpersonated: true } }),
      impersonation: { by, member, reason, endsAt, isOver },
    }
  }

  /** The membership asked for, or the first in which the person is active. */
  async function choose(members: readonly Membership[], tenant: string | undefined) {
    const candidates = tenant === undefined ? members : members.filter((each) => each.tenant === tenant)
    if (tenant !== undefined && candidates.length === 0)
      throw new TesseraError('forbidden', 'You do not belong to the tenant that the request names.')
    for (const membership of candidates) {
      const principal = await person(membership.tenant, membership.member)
      if (principal !== undefined) return { membership, principal }
    }
    throw new TesseraError('unauthenticated', 'Your access has ended. Ask an administrator.')
  }

  async function byKey(key: string, { tenant, address }: Credentials) {
    const found = await keys.get(`${key} ${address ?? ''}`, () =>
      findKey(database, { key, now: clock(), address }),
    )
    if (found === undefined)
      throw new TesseraError('unauthenticated', 'The API key is not known or was revoked.')
    if (found.expiresAt !== null && Date.parse(found.expiresAt) <= clock().getTime())
      throw new TesseraError('unauthenticated', 'The API key has expired.')
    if (tenant !== undefined && tenant !== found.tenant)
      throw new TesseraError('forbidden', 'The API key belongs to another tenant.')
    const principal = await person(found.tenant, found.member)
    if (principal === undefined)
      throw new TesseraError('unauthenticated', 'The access of the person behind the API key has ended.')
    const identity: Identity = {
      via: 'key',
      tenant: found.tenant,
      principal: { ...principal, scopes: found.scopes },
      tenants: [{ name: found.tenant, label: found.tenantLabel }],
      account: undefined,
      session: undefined,
      key: found.id,
    }
    return { identity, renewal: [] }
  }

  return {
    identify(credentials) {
      const authorization = credentials.headers.get('authorization')
      if (authorization === null) return bySession(credentials)
      const key = /^Bearer (\S+)$/i.exec(authorization)?.[1] ?? ''
      if (!isKey(key))
        throw new TesseraError('unauthenticated', 'Authorization takes "Bearer tsk_…", an API key.')
      return byKey(key, credentials)
    },
    membershipsOf: (account) => readMemberships(database, account),
    person,
    forgetPeople: (tenant) => people.forgetAll(`${tenant}/`),
    forgetCredentials() {
      accounts.forgetAll()
      keys.forgetAll()
    },
  }
}

function unauthenticated(): TesseraError {
  return new TesseraError('unauthenticated', 'Sign in, or send an API key.')
}

async function readMemberships({ platform: sql }: Database, account: string): Promise<readonly Membership[]> {
  return sql<Membership[]>`
    select m.tenant, t.label, m.member from platform.member m join platform.tenant t on t.name = m.tenant
    where m.user_id = ${account} and t.active_version is not null order by m.created_at, m.tenant`
}
