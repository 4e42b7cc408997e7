import { createHash } from 'node:crypto'
import { TesseraError } from '../../../access/errors.ts'
import { inTransaction, secretPlace, type Database, type Transaction } from '../../../database/index.ts'
import { randomPassword } from '../accounts.ts'
import type { ShownFactor } from '../sessions/session-opening.ts'
import { newTotpSecret, stepOfCode } from './totp.ts'

export interface SecondFactorState {
  readonly confirmedAt: string
  readonly recoveryCodesLeft: number
}

const recoveryCodes = 10

/** What an account has; undefined where none was confirmed. */
export async function secondFactorOf(
  { platform: sql }: Pick<Database, 'platform'>,
  account: string,
): Promise<SecondFactorState | undefined> {
  const [state] = await sql<SecondFactorState[]>`
    select f.confirmed_at as "confirmedAt", (select count(*)::int from platform.recovery_code r
      where r.user_id = f.user_id and r.used_at is null) as "recoveryCodesLeft"
    from platform.second_factor f where f.user_id = ${account} and f.confirmed_at is not null`
  return state
}

/** Makes a secret that protects nothing until a first code is shown. @throws TesseraError conflict where one is set */
export async function beginSecondFactor(
  { platform: sql, secrets }: Database,
  { account, now }: { account: string; now: Date },
): Promise<string> {
  const secret = newTotpSecret()
  const sealed = secrets.seal(secret, secretPlace.secondFactor)
  const begun = await sql`
    insert into platform.second_factor as f (user_id, secret, created_at)
    values (${account}, ${sealed}, ${now.toISOString()})
    on conflict (user_id) do update set secret = excluded.secret, last_step = 0, created_at = excluded.created_at
      where f.confirmed_at is null
    returning 1`
  if (begun.length === 0)
    throw new TesseraError(
      'conflict',
      'You have a second factor already. Remove it before you set up another.',
    )
  return secret
}

/** Confirms the secret by its first code. @returns codes for when it is lost; undefined where the code is wrong */
export async function confirmSecondFactor(
  database: Database,
  { account, code, now }: { account: string; code: string; now: Date },
): Promise<readonly string[] | undefined> {
  return inTransaction(database.platform, async (sql) => {
    if (!(await useCode({ ...database, platform: sql }, { account, code, now, isConfirmed: false })))
      return undefined
    await sql`update platform.second_factor set confirmed_at = ${now.toISOString()} where user_id = ${account}`
    return replaceRecoveryCodes(sql, account)
  })
}

/** Accepts a code of the app or a recovery code, each once. */
export async function acceptCode(
  database: Database,
  { account, code, now }: { account: string; code: string; now: Date },
): Promise<ShownFactor> {
  if (await useCode(database, { account, code, now, isConfirmed: true })) return 'code'
  const used = await database.platform`
    update platform.recovery_code set used_at = ${now.toISOString()}
    where user_id = ${account} and hash = ${hashOf(code)} and used_at is null returning 1`
  return used.length > 0 ? 'recovery_code' : null
}

/** New recovery codes; the old ones work no longer. */
export function renewRecoveryCodes({ platform }: Database, account: string): Promise<readonly string[]> {
  return inTransaction(platform, (sql) => replaceRecoveryCodes(sql, account))
}

/** Takes the second factor of an account away. @returns whether there was one */
export async function removeSecondFactorIn(sql: Transaction, account: string): Promise<boolean> {
  await sql`delete from platform.recovery_code where user_id = ${account}`
  const removed = await sql`
    delete from platform.second_factor where user_id = ${account} returning confirmed_at`
  return removed.some((row) => row.confirmed_at !== null)
}

async function useCode(
  { platform: sql, secrets }: { platform: Transaction | Database['platform']; secrets: Database['secrets'] },
  { account, code, now, isConfirmed }: { account: string; code: string; now: Date; isConfirmed: boolean },
): Promise<boolean> {
  const [row] = await sql<{ secret: string }[]>`
    select secret from platform.second_factor
    where user_id = ${account} and (confirmed_at is not null) = ${isConfirmed}`
  if (row === undefined) return false
  const step = stepOfCode({ secret: secrets.open(row.secret, secretPlace.secondFactor), code, now })
  if (step === undefined) return false
  // Of two who show the same code at the same time, one gets in.
  const used = await sql`
    update platform.second_factor set last_step = ${step}
    where user_id = ${account} and last_step < ${step} and secret = ${row.secret} returning 1`
  return used.length > 0
}

async function replaceRecoveryCodes(sql: Transaction, account: string): Promise<readonly string[]> {
  const codes = Array.from({ length: recoveryCodes }, () => randomPassword())
  await sql`delete from platform.recovery_code where user_id = ${account}`
  await sql`
    insert into platform.recovery_code ${sql(codes.map((code) => ({ user_id: account, hash: hashOf(code) })))}`
  return codes
}

/** 80 random bits need no slow hash. */
function hashOf(code: string): string {
  return createHash('sha256')
    .update(code.toLowerCase().replaceAll(/[^a-z0-9]/g, ''))
    .digest('base64url')
}
