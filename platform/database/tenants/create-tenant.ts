import { randomBytes } from 'node:crypto'
import { STRUCTURE_LOCK } from '../migrations/migrate-platform.ts'
import type { Database } from '../open-database.ts'
import { secretPlace } from '../secrets/stored-secrets.ts'
import { buildTenantSchema } from './migrate-tenant.ts'
import { checkTenantName, newRoleName, schemaOf } from './tenant-names.ts'

/**
 * Makes a tenant: its schema with the platform's tables in it, owned by the platform, and its role, which may
 * sign in, read and write rows there, add jobs, and nothing else. All or nothing.
 * @throws when the name is not allowed or taken
 */
export async function createTenant(
  { platform: sql, secrets }: Pick<Database, 'platform' | 'secrets'>,
  { name, label }: { name: string; label: string },
): Promise<void> {
  checkTenantName(name)
  const schema = schemaOf(name)
  const role = newRoleName(name)
  const password = randomBytes(24).toString('base64url')
  await sql.begin(async (transaction) => {
    await transaction`select pg_advisory_xact_lock(${STRUCTURE_LOCK})`
    const [taken] = await transaction`select 1 from platform.tenant where name = ${name}`
    if (taken) throw new Error(`There is a tenant "${name}" already. Choose another name, or drop it first.`)
    await transaction`insert into platform.tenant ${transaction({
      name,
      label,
      schema,
      role_name: role,
      role_password: secrets.seal(password, secretPlace.rolePassword),
    })}`
    await transaction.unsafe(`
      create role "${role}" login noinherit password '${password}';
      alter role "${role}" set search_path to "${schema}";
      do $$ begin execute format('grant connect on database %I to "${role}"', current_database()); end $$`)
    await buildTenantSchema(transaction, { name, role })
  })
}
