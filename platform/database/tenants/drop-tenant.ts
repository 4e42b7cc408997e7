import { STRUCTURE_LOCK } from '../migrations/migrate-platform.ts'
import type { Database } from '../open-database.ts'

/**
 * Removes a tenant for ever: its rows, its schema, its versions, its jobs and its role.
 * @throws when there is no such tenant
 */
export async function dropTenant(database: Database, name: string): Promise<void> {
  await database.forgetTenant(name)
  await database.platform.begin(async (sql) => {
    await sql`set local statement_timeout = 0`
    await sql`select pg_advisory_xact_lock(${STRUCTURE_LOCK})`
    const [tenant] = await sql<{ schema: string; role: string }[]>`
      delete from platform.tenant where name = ${name} returning schema, role_name as role`
    if (!tenant) throw new Error(`There is no tenant "${name}" to drop.`)
    // Another process may still be signed in as the tenant; its next statement must not fail half-way.
    await sql`select pg_terminate_backend(pid) from pg_stat_activity where usename = ${tenant.role}`
    await sql`delete from graphile_worker._private_jobs where payload ->> 'tenant' = ${name}`
    await sql.unsafe(`
      drop schema if exists "${tenant.schema}" cascade;
      do $$ begin execute format('revoke all on database %I from "${tenant.role}"', current_database()); end $$;
      drop role "${tenant.role}"`)
  })
}
