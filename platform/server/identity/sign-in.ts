import { v7 as uuidv7 } from 'uuid'
import { TesseraError } from '../../access/errors.ts'
import { inTransaction, type Database } from '../../database/index.ts'
import { auditSignIn } from './audit-sign-in.ts'
import { problemError } from './auth-problem.ts'
import type { Auth } from './auth.ts'
import type { Identities } from './identities.ts'
import type { TenantName } from './identity.ts'
import type { Attempt, SignInLimits } from './sign-in-limits.ts'

export interface SignedIn {
  readonly user: { readonly id: string; readonly name: string; readonly email: string }
  readonly tenants: readonly TenantName[]
  /** Set-Cookie headers of the new session. */
  readonly cookies: readonly string[]
}

export interface SignIn {
  /** @throws TesseraError unauthenticated, rate_limited, forbidden where no tenant lets the person in */
  withPassword(attempt: Attempt & { password: string; headers: Headers }): Promise<SignedIn>
  /** The routes of better-auth that are open: signing out, own sessions, own password, a new one by a token. */
  handle(request: Request): Promise<Response>
  /** Loads what the first sign-in would wait for. */
  warmUp(): Promise<void>
}

/** Signing in: limits, the password, whether any tenant lets the person in, and a line for the audit. */
export function createSignIn(parts: {
  database: Database
  auth: () => Promise<Auth>
  identities: Identities
  limits: SignInLimits
  clock: () => Date
}): SignIn {
  const { database, auth, identities, limits, clock } = parts

  async function record(attempt: Attempt, succeeded: boolean, reason: string | null) {
    const now = clock()
    const { email, address } = attempt
    const row = { id: uuidv7(), email, ip_address: address, succeeded, reason, at: now.toISOString() }
    await inTransaction(database.platform, async (sql) => {
      await sql`insert into platform.sign_in_attempt ${sql(row)}`
      await auditSignIn(sql, { email, address, succeeded, reason, now })
    })
  }

  async function refuse(attempt: Attempt, reason: string, error: TesseraError): Promise<never> {
    await Promise.all([limits.failed(attempt), record(attempt, false, reason)])
    throw error
  }

  return {
    async withPassword({ password, headers, ...given }) {
      const attempt = { ...given, email: given.email.trim().toLowerCase() }
      await limits.check(attempt)
      const { api } = await auth()
      const answer = await api.signInEmail({
        body: { email: attempt.email, password },
        headers,
        asResponse: true,
      })
      if (!answer.ok)
        return refuse(
          attempt,
          'password',
          new TesseraError('unauthenticated', 'The e-mail address or the password is not right.'),
        )
      const { user, token } = (await answer.json()) as { user: SignedIn['user']; token: string }
      const tenants = await openTenants(identities, user.id)
      if (tenants.length === 0) {
        await database.platform`delete from platform.session where token = ${token}`
        return refuse(
          attempt,
          'no_tenant',
          new TesseraError('forbidden', 'Your access has ended or was never granted. Ask an administrator.'),
        )
      }
      await Promise.all([limits.succeeded(attempt), record(attempt, true, null)])
      const { id, name, email } = user
      return { user: { id, name, email }, tenants, cookies: answer.headers.getSetCookie() }
    },
    async handle(request) {
      const { handler } = await auth()
      const response = await handler(request)
      identities.forgetCredentials()
      if (response.ok) return response
      throw await problemError(response)
    },
    async warmUp() {
      await auth()
    },
  }
}

async function openTenants(identities: Identities, account: string): Promise<readonly TenantName[]> {
  const open: TenantName[] = []
  for (const { tenant, label, member } of await identities.membershipsOf(account))
    if ((await identities.person(tenant, member)) !== undefined) open.push({ name: tenant, label })
  return open
}
