import { audit } from '../../audit/index.ts'
import { schemaOf, type Queryable } from '../../database/index.ts'

/** A sign-in that was tried, as it is kept for all tenants. */
interface TriedSignIn {
  readonly email: string
  readonly address: string | null
  readonly succeeded: boolean
  readonly reason: string | null
  readonly now: Date
}

/**
 * Writes a sign-in into the audit log of each tenant to which the account belongs: who signs in has come to all of
 * them. An address that nobody has is in `platform.sign_in_attempt` alone: no tenant is concerned.
 */
export async function auditSignIn(
  sql: Queryable,
  { email, address, succeeded, reason, now }: TriedSignIn,
): Promise<void> {
  const members = await sql<{ tenant: string; member: string; name: string }[]>`
    select m.tenant, m.member, u.name from platform.user u join platform.member m on m.user_id = u.id
    join platform.tenant t on t.name = m.tenant and t.active_version is not null
    where u.email = ${email} order by m.tenant`
  for (const { tenant, member, name } of members)
    await audit(
      {
        sql,
        principal: { kind: 'person', userId: member, name },
        moment: { now },
        origin: address === null ? {} : { address },
      },
      {
        action: succeeded ? 'sign_in.succeeded' : 'sign_in.failed',
        subject: { object: 'user', record: member },
        detail: reason === null ? {} : { reason },
      },
      { schema: schemaOf(tenant) },
    )
}
