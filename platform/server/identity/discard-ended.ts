import type { Database } from '../../database/index.ts'

/** How long it is kept who tried to sign in. */
const logDays = 365
/** After so long without a failure nothing counts any more (attempt-limits.ts). */
const countDays = 2

/** Deletes what signing in leaves behind: sessions and links that have ended, old counts of failures, and the old log. */
export async function discardEnded(
  { platform: sql }: Pick<Database, 'platform'>,
  { now, longestDays }: { now: Date; longestDays: number },
): Promise<void> {
  const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000).toISOString()
  const at = now.toISOString()
  await sql`delete from platform.session where expires_at < ${at} or created_at < ${daysAgo(longestDays)}`
  await sql`delete from platform.verification where expires_at < ${at}`
  await sql`delete from platform.sign_in_lock where failed_at < ${daysAgo(countDays)}`
  await sql`delete from platform.sign_in_attempt where at < ${daysAgo(logDays)}`
}
