import { TesseraError } from '../../../access/errors.ts'
import type { Database } from '../../../database/index.ts'
import type { CurrentSession } from '../identity.ts'
import type { SignInLimits } from '../sign-in-limits.ts'
import { verifyPassword } from './password-hash.ts'

/** Who has no password has to have signed in so short a time before. */
const freshMinutes = 15

/**
 * Makes sure that who changes the security of an account is its owner, and not somebody at an open screen: by the
 * password, or, where there is none, by a session that was opened just now. Wrong passwords count like failed sign-ins.
 * @throws TesseraError bad_request for a wrong password, forbidden for an old session, rate_limited
 */
export async function confirmOwner(
  { database, limits, now }: { database: Database; limits: SignInLimits; now: Date },
  {
    account,
    session,
    address,
    password,
  }: { account: string; session: CurrentSession; address: string; password: string | undefined },
): Promise<void> {
  const [row] = await database.platform<{ email: string; hash: string | null }[]>`
    select u.email, a.password as hash from platform."user" u
    left join platform.account a on a.user_id = u.id and a.provider_id = 'credential' where u.id = ${account}`
  if (row === undefined || row.hash === null) {
    if (now.getTime() - session.createdAt.getTime() < freshMinutes * 60_000) return
    throw new TesseraError('forbidden', 'Sign out and in again; then this is possible for some minutes.', {
      members: { reason: 'old_session' },
    })
  }
  const attempt = { email: row.email, address }
  await limits.begin(attempt)
  if (password === undefined || !(await verifyPassword({ hash: row.hash, password })))
    throw new TesseraError('bad_request', 'The password is not right.', { members: { reason: 'password' } })
  await limits.succeeded(attempt)
}
