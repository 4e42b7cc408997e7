import { TesseraError } from '../../access/errors.ts'
import type { Database } from '../../database/index.ts'
import type { ServerSettings } from '../settings.ts'
import { problemError } from './auth-problem.ts'
import type { Auth } from './auth.ts'
import type { Identities } from './identities.ts'
import { findInvitation } from './invitations.ts'
import { letIn, noTenant, type FactorAsked, type SignedIn } from './let-in.ts'
import { hashPassword, isOutdated, pretendToVerify, verifyPassword } from './passwords/password-hash.ts'
import { checkPassword } from './passwords/password-policy.ts'
import { onlyProviderOf, type ProviderSettings } from './providers/provider-settings.ts'
import { recordAttempt, type Refusal } from './record-attempt.ts'
import { challengedAccount, closeChallenges } from './second-factor/challenges.ts'
import { acceptCode } from './second-factor/second-factors.ts'
import type { Attempt, SignInLimits } from './sign-in-limits.ts'

export interface SignIn {
  /** @throws TesseraError unauthenticated, rate_limited, forbidden where no tenant lets the person in */
  withPassword(attempt: Attempt & { password: string; headers: Headers }): Promise<SignedIn | FactorAsked>
  /**
   * Goes on with a code of the second factor, or a recovery code.
   * @throws TesseraError unauthenticated, rate_limited, forbidden where no tenant lets the person in
   */
  withCode(answer: { token: string; code: string; address: string; headers: Headers }): Promise<SignedIn>
  /** Chooses a password by the token of an invitation. @throws TesseraError validation, bad_request for a used token */
  choosePassword(choice: { token: string; newPassword: string }): Promise<void>
  /** The routes of better-auth that are open: signing out. */
  handle(request: Request): Promise<Response>
  /** Loads what the first sign-in would wait for. */
  warmUp(): Promise<void>
}

/** Signing in: limits, password, second factor, whether any tenant lets the person in, and a line for the audit. */
export function createSignIn(parts: {
  database: Database
  auth: () => Promise<Auth>
  identities: Identities
  limits: SignInLimits
  settings: ServerSettings
  clock: () => Date
}): SignIn {
  const { database, auth, identities, limits, settings, clock } = parts
  const record = (attempt: Attempt, reason: Refusal | null) => recordAttempt(parts, attempt, reason)

  async function refuse(attempt: Attempt, reason: Refusal, error: unknown): Promise<never> {
    await record(attempt, reason)
    throw error
  }

  return {
    async withPassword({ password, headers, ...given }) {
      const attempt = { ...given, email: given.email.trim().toLowerCase() }
      const only = onlyProviderOf(settings.signIn.providers, attempt.email)
      if (only !== undefined) return refuse(attempt, 'provider_only', providerOnly(only))
      await limits.begin(attempt).catch((error: unknown) => refuse(attempt, 'locked', error))
      const account = await accountWith(database, { email: attempt.email, password })
      if (account === undefined)
        return refuse(
          attempt,
          'password',
          new TesseraError('unauthenticated', 'The e-mail address or the password is not right.'),
        )
      const visitor = { account, address: attempt.address, headers }
      const entered = await letIn(parts, visitor, null)
      if (entered === undefined) return refuse(attempt, 'no_tenant', noTenant())
      await limits.succeeded(attempt)
      if ('user' in entered) await record(attempt, null)
      return entered
    },
    async withCode({ token, code, address, headers }) {
      const now = clock()
      const found = await challengedAccount(database, { token, now })
      if (found === undefined)
        throw new TesseraError(
          'unauthenticated',
          'So much time has gone by. Begin with the password again.',
          {
            members: { reason: 'challenge_over' },
          },
        )
      const { account, email } = found
      const attempt = { email, address }
      await limits.beginCode(account).catch((error: unknown) => refuse(attempt, 'locked', error))
      const shown = await acceptCode(database, { account, code, now })
      if (shown === null)
        return refuse(
          attempt,
          'second_factor',
          new TesseraError('unauthenticated', 'The code is not right, or was used before. Each works once.', {
            members: { reason: 'code' },
          }),
        )
      await Promise.all([limits.codeSucceeded(account), closeChallenges(database, account)])
      const entered = await letIn(parts, { account, address, headers }, shown)
      if (entered === undefined || !('user' in entered)) return refuse(attempt, 'no_tenant', noTenant())
      await record(attempt, null)
      return entered
    },
    async choosePassword({ token, newPassword }) {
      const owner = await findInvitation(database, { token, now: clock() })
      if (owner === undefined)
        throw new TesseraError('bad_request', 'The link was used already or has ended. Ask for a new one.', {
          members: { reason: 'invalid_token' },
        })
      const only = onlyProviderOf(settings.signIn.providers, owner.email)
      if (only !== undefined) throw providerOnly(only)
      await checkPassword(newPassword, { owner, shortest: settings.signIn.shortestPassword })
      const { api } = await auth()
      const answer = await api.resetPassword({ body: { token, newPassword }, asResponse: true })
      identities.forgetCredentials()
      if (!answer.ok) throw await problemError(answer)
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

/** Says the same whether or not somebody has the address: it is the domain that decides. */
function providerOnly({ name, label }: ProviderSettings): TesseraError {
  return new TesseraError('forbidden', `People with this address sign in with ${label}.`, {
    members: { reason: 'provider_only', provider: name },
  })
}

/** The account with this address and password. Takes as long where there is none. */
async function accountWith(
  { platform: sql }: Database,
  { email, password }: { email: string; password: string },
): Promise<string | undefined> {
  const [found] = await sql<{ id: string; hash: string }[]>`
    select u.id, a.password as hash from platform."user" u
    join platform.account a on a.user_id = u.id and a.provider_id = 'credential' and a.password is not null
    where u.email = ${email}`
  const isRight =
    found === undefined
      ? await pretendToVerify(password)
      : await verifyPassword({ hash: found.hash, password })
  if (found === undefined || !isRight) return undefined
  if (isOutdated(found.hash)) {
    const renewed = await hashPassword(password)
    // Only where nobody has chosen another password meanwhile.
    await sql`
      update platform.account set password = ${renewed}
      where user_id = ${found.id} and provider_id = 'credential' and password = ${found.hash}`
  }
  return found.id
}
