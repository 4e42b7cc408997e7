import { join } from 'node:path'
import { applyMigrations } from '../migrations/apply-migrations.ts'
import { STRUCTURE_LOCK } from '../migrations/migrate-platform.ts'
import type { Sql, Transaction } from '../sql.ts'
import { schemaOf } from './tenant-names.ts'

/** History is written once. Even a faulty statement cannot change what was recorded. */
const APPEND_ONLY = ['_change', '_step', '_process_definition']

/**
 * Brings the platform's own tables in the schema of a tenant up to date, and the rights of its role.
 * May be called at any time, by any number of processes.
 * @returns the names of the migrations that were applied
 * @throws when there is no such tenant
 */
export async function migrateTenant({ platform: sql }: { platform: Sql }, name: string): Promise<string[]> {
  return sql.begin(async (transaction) => {
    await transaction`set local statement_timeout = 0`
    await transaction`select pg_advisory_xact_lock(${STRUCTURE_LOCK})`
    const [tenant] = await transaction<{ role: string }[]>`
      select role_name as role from platform.tenant where name = ${name}`
    if (!tenant) throw new Error(`There is no tenant "${name}". Make it first with createTenant.`)
    return buildTenantSchema(transaction, { name, role: tenant.role })
  })
}

/** The same inside a transaction that holds the structure lock. */
export async function buildTenantSchema(
  sql: Transaction,
  { name, role }: { name: string; role: string },
): Promise<string[]> {
  const schema = schemaOf(name)
  const applied = await applyMigrations(sql, {
    folder: join(import.meta.dirname, '../migrations/tenant'),
    schema,
  })
  await sql.unsafe(`
    grant usage on schema "${schema}" to "${role}";
    alter default privileges in schema "${schema}" grant select, insert, update, delete on tables to "${role}";
    alter default privileges in schema "${schema}" grant usage, select on sequences to "${role}";
    grant select, insert, update, delete on all tables in schema "${schema}" to "${role}";
    grant usage, select on all sequences in schema "${schema}" to "${role}";
    revoke insert, update, delete on _migration from "${role}";
    ${APPEND_ONLY.map((table) => `revoke update, delete on ${table} from "${role}";`).join('\n')}`)
  return applied
}
