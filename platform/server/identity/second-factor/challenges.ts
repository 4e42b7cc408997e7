import { createHash, randomBytes } from 'node:crypto'
import { v7 as uuidv7 } from 'uuid'
import type { Database } from '../../../database/index.ts'

/** How long one may look for the phone after the password. */
const validMinutes = 10

/** Notes that an account has shown its password. @returns the token with which it goes on */
export async function openChallenge(
  { platform: sql }: Database,
  { account, now }: { account: string; now: Date },
): Promise<{ readonly token: string; readonly seconds: number }> {
  const token = randomBytes(32).toString('base64url')
  await sql`
    insert into platform.verification ${sql({
      id: `challenge-${uuidv7()}`,
      identifier: identifierOf(token),
      value: account,
      expires_at: new Date(now.getTime() + validMinutes * 60_000).toISOString(),
    })}`
  return { token, seconds: validMinutes * 60 }
}

/** Whose challenge it is; undefined where it was answered or has ended. */
export async function challengedAccount(
  { platform: sql }: Database,
  { token, now }: { token: string; now: Date },
): Promise<{ readonly account: string; readonly email: string } | undefined> {
  const [found] = await sql<{ account: string; email: string }[]>`
    select u.id as account, u.email from platform.verification v join platform."user" u on u.id = v.value
    where v.identifier = ${identifierOf(token)} and v.expires_at > ${now.toISOString()}`
  return found
}

/** No challenge of the account can be answered any more: one was, or the password is another. */
export async function closeChallenges(
  { platform: sql }: Pick<Database, 'platform'>,
  account: string,
): Promise<void> {
  await sql`delete from platform.verification where value = ${account} and id like 'challenge-%'`
}

function identifierOf(token: string): string {
  return `challenge:${createHash('sha256').update(token).digest('base64url')}`
}
