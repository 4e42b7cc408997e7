import type { Database } from '../open-database.ts'
import type { Queryable } from '../sql.ts'
import { sealedPrefix } from './keyring.ts'

/** A column that holds secrets, what finds a row again, and which rows are meant. */
interface SecretColumn {
  readonly table: string
  readonly column: string
  readonly key: string
  readonly where?: string
}

/** Every secret that the database keeps and that has to be read again; what is only compared is kept as a hash. */
const columns: readonly SecretColumn[] = [
  { table: 'tenant', column: 'role_password', key: 'name' },
  { table: 'setting', column: 'value', key: 'key', where: `key = 'session_secret'` },
  { table: 'second_factor', column: 'secret', key: 'user_id' },
]

/** The place that a text is sealed for. */
export const secretPlace = {
  rolePassword: 'platform.tenant.role_password',
  sessionSecret: 'platform.setting.value',
  secondFactor: 'platform.second_factor.secret',
} as const

/**
 * Encrypts the secrets of rows that an earlier version wrote in plain, and checks that the keys of all others are at hand.
 * @returns how many were encrypted
 */
export function sealPlainSecrets(database: Database): Promise<number> {
  return sealRows(database, (column) => `not starts_with(${column}, '${sealedPrefix}')`)
}

/** Encrypts all secrets with the first key. @returns how many were not yet */
export function rotateSecrets(database: Database): Promise<number> {
  return sealRows(database, () => 'true')
}

async function sealRows(
  { platform, secrets }: Database,
  condition: (column: string) => string,
): Promise<number> {
  return platform.begin(async (sql) => {
    let sealed = 0
    for (const each of columns) {
      const place = `platform.${each.table}.${each.column}`
      for (const stored of await oneOfEachKey(sql, each)) secrets.checkKey(stored, place)
      const rows = await sql.unsafe<{ key: string; stored: string }[]>(
        `select ${each.key} as key, ${each.column} as stored from platform.${each.table}
         where ${condition(each.column)} and ${each.where ?? 'true'} for update`,
      )
      for (const { key, stored } of rows.filter((row) => !secrets.isCurrent(row.stored))) {
        const value = secrets.seal(secrets.open(stored, place), place)
        await sql.unsafe(`update platform.${each.table} set ${each.column} = $1 where ${each.key} = $2`, [
          value,
          key,
        ])
        sealed++
      }
    }
    return sealed
  })
}

/** One sealed text for each key that sealed any. */
async function oneOfEachKey(sql: Queryable, { table, column, where }: SecretColumn) {
  const rows = await sql.unsafe<{ stored: string }[]>(
    `select min(${column}) as stored from platform.${table}
     where starts_with(${column}, '${sealedPrefix}') and ${where ?? 'true'} group by split_part(${column}, ':', 3)`,
  )
  return rows.map(({ stored }) => stored)
}
