import { v7 as uuidv7 } from 'uuid'
import { inTransaction, type Database } from '../../database/index.ts'
import { auditSignIn } from './audit-sign-in.ts'
import type { Attempt } from './sign-in-limits.ts'

/** Why a sign-in was refused, as the log of sign-ins says it. */
export type Refusal = 'password' | 'locked' | 'no_tenant' | 'provider_only' | 'second_factor' | 'provider'

/** Writes a sign-in down: for the platform, and in the audit log of each tenant of the account. */
export async function recordAttempt(
  { database, clock }: { database: Database; clock: () => Date },
  { email, address }: Attempt,
  reason: Refusal | null,
): Promise<void> {
  const now = clock()
  const succeeded = reason === null
  const row = { id: uuidv7(), email, ip_address: address, succeeded, reason, at: now.toISOString() }
  await inTransaction(database.platform, async (sql) => {
    await sql`insert into platform.sign_in_attempt ${sql(row)}`
    await auditSignIn(sql, { email, address, succeeded, reason, now })
  })
}
