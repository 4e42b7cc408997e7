import { schemaOf, inTransaction, type Database } from '../../../database/index.ts'
import { audit } from '../../../audit/index.ts'
import type { WorkOptions } from '../../../records/index.ts'
import { removeSecondFactorIn } from './second-factors.ts'

/**
 * Takes the second factor of a person away who has lost it with all recovery codes, and ends the sessions. Whoever asks
 * for it has made sure of the person by another way. @returns whether there was one
 */
export function resetSecondFactor(
  database: Database,
  { tenant, principal, now, origin }: Pick<WorkOptions, 'tenant' | 'principal' | 'now' | 'origin'>,
  member: string,
): Promise<boolean> {
  return inTransaction(database.platform, async (sql) => {
    const [found] = await sql<{ account: string }[]>`
      select user_id as account from platform.member where tenant = ${tenant} and member = ${member}`
    if (found === undefined || !(await removeSecondFactorIn(sql, found.account))) return false
    await sql`delete from platform.session where user_id = ${found.account}`
    const entry = { action: 'second_factor.removed', subject: { object: 'user', record: member } } as const
    await audit({ sql, principal, moment: { now }, origin }, entry, { schema: schemaOf(tenant) })
    return true
  })
}
