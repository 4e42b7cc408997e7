import { inTransaction, type Database } from '../../database/index.ts'

/**
 * Takes the account of a person whose data were erased away from the tenant; where it belonged to no other, the account
 * goes with its sessions and the sign-ins that were tried with its address. May be done again.
 */
export function forgetPerson(
  database: Database,
  { tenant, member }: { tenant: string; member: string },
): Promise<void> {
  return inTransaction(database.platform, async (sql) => {
    await sql`delete from platform.api_key where tenant = ${tenant} and member = ${member}`
    const left = await sql<{ account: string }[]>`
      delete from platform.member where tenant = ${tenant} and member = ${member} returning user_id as account`
    for (const { account } of left) {
      const [other] = await sql`select 1 from platform.member where user_id = ${account} limit 1`
      if (other !== undefined) continue
      await sql`
        delete from platform.sign_in_attempt a using platform.user u where u.id = ${account} and a.email = u.email`
      await sql`delete from platform.user where id = ${account}`
    }
  })
}
