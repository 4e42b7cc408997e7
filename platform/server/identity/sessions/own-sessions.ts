import type { Database } from '../../../database/index.ts'

/** A session as its owner sees it. */
export interface ListedSession {
  readonly id: string
  readonly user_agent: string | null
  readonly address: string | null
  readonly created_at: string
  readonly used_at: string
}

/** The sessions of an account that have not ended, the last used ones first. */
export async function listSessions(
  { platform: sql }: Database,
  { account, now, longestDays }: { account: string; now: Date; longestDays: number },
): Promise<readonly ListedSession[]> {
  return sql<ListedSession[]>`
    select id, nullif(user_agent, '') as user_agent, nullif(ip_address, '') as address, created_at,
      updated_at as used_at
    from platform.session
    where user_id = ${account} and expires_at > ${now.toISOString()}
      and created_at > ${now.toISOString()}::timestamptz - make_interval(days => ${longestDays}::int)
    order by updated_at desc, id`
}

/** Ends one session of the account. @returns whether there was one */
export async function endSession(
  { platform: sql }: Database,
  { account, id }: { account: string; id: string },
): Promise<boolean> {
  const ended = await sql`delete from platform.session where user_id = ${account} and id = ${id} returning 1`
  return ended.length > 0
}

/** Ends all sessions of the account but the one that stays. @returns how many there were */
export async function endOtherSessions(
  { platform: sql }: Pick<Database, 'platform'>,
  { account, staying }: { account: string; staying: string | undefined },
): Promise<number> {
  const ended = await sql`
    delete from platform.session where user_id = ${account} and id is distinct from ${staying ?? null} returning 1`
  return ended.length
}

/** The second factor was set up in this session, with a first code. */
export async function markSecondFactor(
  { platform: sql }: Pick<Database, 'platform'>,
  id: string,
): Promise<void> {
  await sql`update platform.session set second_factor = 'code' where id = ${id}`
}
