import { createHash, randomBytes } from 'node:crypto'
import { v7 as uuidv7 } from 'uuid'
import { TesseraError } from '../../access/errors.ts'
import type { Database } from '../../database/index.ts'
import { hasPassword, linkAccount, type AccountOwner } from './accounts.ts'

const validHours = 72
/** The rows of invitations among other verifications, as a pattern of their ids. */
export const invitationIds = 'invitation-%'

export interface Invitation {
  /** Path of the page where the person chooses a password. */
  readonly path: string
  readonly expires_at: string
}

/**
 * Gives a person without a password a way to choose one: a token that works once, for better-auth's reset-password, and
 * ends the invitations before it. Only its hash is kept. Who has a password already is not touched: an administrator
 * must not be able to take over an account.
 */
export async function invite(
  database: Database,
  { owner, now }: { owner: AccountOwner; now: Date },
): Promise<Invitation> {
  const linked = await linkAccount(database, owner)
  if (linked.outcome === 'elsewhere')
    throw new TesseraError(
      'conflict',
      'Another tenant of this server has an account with this address. Its operator joins them: ' +
        `tessera user add --tenant ${owner.tenant} --email ${owner.email}`,
    )
  if (await hasPassword(database, linked.account))
    throw new TesseraError('conflict', 'This person has a password already and can sign in with it.')
  const token = randomBytes(24).toString('base64url')
  const expires = new Date(now.getTime() + validHours * 3_600_000)
  await database.platform.begin(async (sql) => {
    await sql`delete from platform.verification where value = ${linked.account} and id like ${invitationIds}`
    await sql`
      insert into platform.verification ${sql({
        id: `invitation-${uuidv7()}`,
        identifier: identifierOf(token),
        value: linked.account,
        expires_at: expires.toISOString(),
      })}`
  })
  return { path: `/welcome?token=${token}`, expires_at: expires.toISOString() }
}

/** Whose invitation a token is; undefined where it was used, has ended or never was. */
export async function findInvitation(
  { platform: sql }: Database,
  { token, now }: { token: string; now: Date },
): Promise<{ readonly email: string; readonly name: string; readonly expires_at: string } | undefined> {
  const [found] = await sql<{ email: string; name: string; expires_at: string }[]>`
    select u.email, u.name, v.expires_at from platform.verification v join platform."user" u on u.id = v.value
    where v.identifier = ${identifierOf(token)} and v.id like ${invitationIds}
      and v.expires_at > ${now.toISOString()}`
  return found
}

/** As better-auth stores it, see `storeIdentifier` in auth.ts. */
function identifierOf(token: string): string {
  return createHash('sha256').update(`reset-password:${token}`).digest('base64url')
}
