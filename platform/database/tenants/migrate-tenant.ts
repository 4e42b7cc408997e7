import { join } from 'node:path'
import { applyMigrations, waitingMigrations } from '../migrations/apply-migrations.ts'
import { STRUCTURE_LOCK } from '../migrations/migrate-platform.ts'
import type { Queryable, Sql, Transaction } from '../sql.ts'
import { schemaOf } from './tenant-names.ts'
import { missingRights } from './tenant-rights.ts'

const FOLDER = join(import.meta.dirname, '../migrations/tenant')

/** How often rights are set again that somebody else was changing at the same moment. */
const ATTEMPTS = 5

/**
 * Brings the platform's own tables in the schema of a tenant up to date, and the rights of its role. Where all is as
 * it should be, it only looks. May be called at any time, by any number of processes.
 * @returns the names of the migrations that were applied
 * @throws when there is no such tenant
 */
export async function migrateTenant({ platform: sql }: { platform: Sql }, name: string): Promise<string[]> {
  const [tenant] = await sql<{ role: string }[]>`
    select role_name as role from platform.tenant where name = ${name}`
  if (!tenant) throw new Error(`There is no tenant "${name}". Make it first with createTenant.`)
  const target = { name, role: tenant.role }
  if (await isUpToDate(sql, target)) return []
  for (let attempt = 1; ; attempt++)
    try {
      return await sql.begin(async (transaction) => {
        await transaction`set local statement_timeout = 0`
        await transaction`select pg_advisory_xact_lock(${STRUCTURE_LOCK})`
        return buildTenantSchema(transaction, target)
      })
    } catch (error) {
      if (attempt >= ATTEMPTS || !isChangedByOthers(error)) throw error
    }
}

/** The same inside a transaction that holds the structure lock. */
export async function buildTenantSchema(
  sql: Transaction,
  { name, role }: { name: string; role: string },
): Promise<string[]> {
  const schema = schemaOf(name)
  const applied = await applyMigrations(sql, { folder: FOLDER, schema })
  const rights = await missingRights(sql, { schema, role })
  if (rights.length > 0) await sql.unsafe(rights.join(';\n'))
  return applied
}

async function isUpToDate(sql: Queryable, { name, role }: { name: string; role: string }): Promise<boolean> {
  const schema = schemaOf(name)
  if ((await waitingMigrations(sql, { folder: FOLDER, schema })).length > 0) return false
  return (await missingRights(sql, { schema, role })).length === 0
}

/** A publish changes tables under a lock of its own; PostgreSQL says so with an internal error. */
function isChangedByOthers(error: unknown): boolean {
  const { code, message } = error as { code?: string; message?: string }
  return code === 'XX000' && message?.startsWith('tuple concurrently') === true
}
