import { randomBytes } from 'node:crypto'
import { v7 as uuidv7 } from 'uuid'
import { TesseraError } from '../../access/errors.ts'
import type { Database } from '../../database/index.ts'
import { hasPassword, linkAccount, type AccountOwner } from './accounts.ts'

const validHours = 72

export interface Invitation {
  /** Path of the page where the person chooses a password. */
  readonly path: string
  readonly expires_at: string
}

/**
 * Gives a person without a password a way to choose one: a token that works once, for better-auth's reset-password.
 * Who has a password already is not touched: an administrator must not be able to take over an account.
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
  await database.platform`
    insert into platform.verification ${database.platform({
      id: uuidv7(),
      identifier: `reset-password:${token}`,
      value: linked.account,
      expires_at: expires.toISOString(),
    })}`
  return { path: `/welcome?token=${token}`, expires_at: expires.toISOString() }
}
