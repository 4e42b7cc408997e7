import type { Sql } from '../sql.ts'

/** Ends all sessions of the account behind a person, in whatever tenant they are at work. @returns how many there were */
export async function endSessionsOf(
  { platform: sql }: { platform: Sql },
  { tenant, member }: { tenant: string; member: string },
): Promise<number> {
  const ended = await sql`
    delete from platform.session s using platform.member m
    where m.tenant = ${tenant} and m.member = ${member} and s.user_id = m.user_id returning 1`
  return ended.length
}
