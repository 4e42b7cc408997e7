import { TesseraError } from '../../access/errors.ts'
import type { Database } from '../../database/index.ts'
import type { Auth } from './auth.ts'
import type { Identities } from './identities.ts'
import type { TenantName } from './identity.ts'
import { openChallenge } from './second-factor/challenges.ts'
import { secondFactorOf } from './second-factor/second-factors.ts'
import type { ShownFactor } from './sessions/session-opening.ts'

/** Who asks to be let in, and from where. */
export interface Visitor {
  readonly account: string
  readonly address: string
  readonly headers: Headers
}

export interface SignedIn {
  readonly user: { readonly id: string; readonly name: string; readonly email: string }
  readonly tenants: readonly TenantName[]
  /** Set-Cookie headers of the new session. */
  readonly cookies: readonly string[]
}

/** The second factor is still to be shown, together with the token. */
export interface FactorAsked {
  readonly challenge: { readonly token: string; readonly seconds: number }
}

interface Parts {
  readonly database: Database
  readonly auth: () => Promise<Auth>
  readonly identities: Identities
  readonly clock: () => Date
}

/**
 * Lets somebody in who has shown who he is: asks for the second factor where the account has one that was not shown
 * yet, else opens a session. Undefined where no tenant lets the person in.
 */
export async function letIn(
  parts: Parts,
  visitor: Visitor,
  shown: ShownFactor,
): Promise<SignedIn | FactorAsked | undefined> {
  const { database, auth, identities, clock } = parts
  const { account, address, headers } = visitor
  const tenants = await openTenants(identities, account)
  if (tenants.length === 0) return undefined
  if (shown === null && (await secondFactorOf(database, account)) !== undefined)
    return { challenge: await openChallenge(database, { account, now: clock() }) }
  const { api } = await auth()
  const answer = await api.openSession({
    body: {
      account,
      address,
      userAgent: (headers.get('user-agent') ?? '').slice(0, 500),
      secondFactor: shown,
    },
    headers,
    asResponse: true,
  })
  const [user] = await database.platform<SignedIn['user'][]>`
    select id, name, email from platform."user" where id = ${account}`
  if (!answer.ok || user === undefined)
    throw new TesseraError('unavailable', 'The session could not be opened. Try again.')
  return { user, tenants, cookies: answer.headers.getSetCookie() }
}

export function noTenant(): TesseraError {
  return new TesseraError('forbidden', 'Your access has ended or was never granted. Ask an administrator.')
}

async function openTenants(identities: Identities, account: string): Promise<readonly TenantName[]> {
  const open: TenantName[] = []
  for (const { tenant, label, member } of await identities.membershipsOf(account))
    if ((await identities.person(tenant, member)) !== undefined) open.push({ name: tenant, label })
  return open
}
