import type { Database } from '../../database/index.ts'
import type { Identities } from './identities.ts'

/** Ends all sessions of the account behind a person, in whatever tenant they are at work. Gives how many there were. */
export async function endSessions(
  { database, identities }: { database: Database; identities: Pick<Identities, 'forgetCredentials'> },
  { tenant, member }: { tenant: string; member: string },
): Promise<number> {
  const ended = await database.platform`
    delete from platform.session s using platform.member m
    where m.tenant = ${tenant} and m.member = ${member} and s.user_id = m.user_id returning s.id`
  identities.forgetCredentials()
  return ended.length
}
