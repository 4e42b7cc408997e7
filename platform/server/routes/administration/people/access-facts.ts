import type { Database } from '../../../../database/index.ts'
import { invitationIds } from '../../../identity/invitations.ts'
import { lockedAccounts } from '../../../identity/sign-in-limits.ts'

/** What is known of how a person signs in. */
export interface AccessFacts {
  readonly member: string
  readonly account: string
  readonly email: string
  /** A password, or another way in. */
  readonly canSignIn: boolean
  readonly isLocked: boolean
  readonly invitedUntil: string | null
  readonly lastSignInAt: string | null
  readonly sessions: number
}

/** The facts of all people of a tenant who have an account, or of those with the ids. */
export async function accessFacts(
  database: Database,
  { tenant, members, now }: { tenant: string; members?: readonly string[]; now: Date },
): Promise<ReadonlyMap<string, AccessFacts>> {
  const { platform: sql } = database
  const at = now.toISOString()
  const rows = await sql<Omit<AccessFacts, 'isLocked'>[]>`
    select m.member, m.user_id as account, u.email,
      exists (select 1 from platform.account a where a.user_id = m.user_id
        and (a.provider_id <> 'credential' or a.password is not null)) as "canSignIn",
      (select max(v.expires_at) from platform.verification v
        where v.value = m.user_id and v.id like ${invitationIds} and v.expires_at > ${at}) as "invitedUntil",
      (select max(s.at) from platform.sign_in_attempt s where s.email = u.email and s.succeeded) as "lastSignInAt",
      (select count(*)::int from platform.session s where s.user_id = m.user_id and s.expires_at > ${at}) as sessions
    from platform.member m join platform."user" u on u.id = m.user_id
    where m.tenant = ${tenant} ${members === undefined ? sql`` : sql`and m.member = any(${[...members]}::uuid[])`}`
  const locked = await lockedAccounts(
    database,
    rows.map(({ email }) => email),
  )
  return new Map(rows.map((row) => [row.member, { ...row, isLocked: locked.has(row.email) }]))
}
