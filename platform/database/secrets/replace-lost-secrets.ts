import { randomBytes } from 'node:crypto'
import { identifier } from '../identifier.ts'
import type { Database } from '../open-database.ts'
import type { Transaction } from '../sql.ts'
import { secretPlace } from './stored-secrets.ts'

/**
 * For a key that is lost: new passwords for the roles of tenants and a new secret of sessions where the old ones cannot be
 * read. Second factors that cannot be read are taken away, so that their owners set up new ones.
 * @returns how many secrets were replaced
 */
export async function replaceLostSecrets({ platform, secrets }: Database): Promise<number> {
  const isLost = (stored: string, place: string) => {
    try {
      secrets.open(stored, place)
      return false
    } catch {
      return true
    }
  }
  const seal = (place: string) => {
    const text = randomBytes(32).toString('base64url')
    return { text, sealed: secrets.seal(text, place) }
  }

  async function replacePasswords(sql: Transaction): Promise<number> {
    const tenants = await sql<{ name: string; role: string; password: string }[]>`
      select name, role_name as role, role_password as password from platform.tenant for update`
    const lost = tenants.filter(({ password }) => isLost(password, secretPlace.rolePassword))
    for (const { name, role } of lost) {
      const { text, sealed } = seal(secretPlace.rolePassword)
      await sql.unsafe(`alter role ${identifier(role)} password '${text}'`)
      await sql`update platform.tenant set role_password = ${sealed} where name = ${name}`
    }
    return lost.length
  }

  async function replaceSessionSecret(sql: Transaction): Promise<number> {
    const [row] = await sql<{ value: string }[]>`
      select value from platform.setting where key = 'session_secret' for update`
    if (row === undefined || !isLost(row.value, secretPlace.sessionSecret)) return 0
    await sql`
      update platform.setting set value = ${seal(secretPlace.sessionSecret).sealed} where key = 'session_secret'`
    await sql`delete from platform.session`
    return 1
  }

  async function removeSecondFactors(sql: Transaction): Promise<number> {
    const rows = await sql<{ account: string; secret: string }[]>`
      select user_id as account, secret from platform.second_factor for update`
    const lost = rows.filter(({ secret }) => isLost(secret, secretPlace.secondFactor))
    const accounts = lost.map(({ account }) => account)
    await sql`delete from platform.second_factor where user_id = any (${accounts})`
    await sql`delete from platform.recovery_code where user_id = any (${accounts})`
    return lost.length
  }

  return platform.begin(
    async (sql) =>
      (await replacePasswords(sql)) + (await replaceSessionSecret(sql)) + (await removeSecondFactors(sql)),
  )
}
