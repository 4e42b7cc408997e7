import { Logger, runMigrations } from 'graphile-worker'
import { join } from 'node:path'
import type { Sql, Transaction } from '../sql.ts'
import { applyMigrations } from './apply-migrations.ts'

/** Key of the advisory lock under which the structure of the platform or of a tenant changes. */
export const STRUCTURE_LOCK = 7_364_174

const OLDEST_POSTGRES = 150_000

/**
 * Brings the schemas `platform` and `graphile_worker` up to date. May be called by any number of processes at
 * once, and when there is nothing to do.
 * @param url connection string of the same database, for the job queue's own migrations
 * @returns the names of the migrations that were applied
 * @throws when the server is older than PostgreSQL 15
 */
export async function migratePlatform({
  platform: sql,
  url,
}: {
  platform: Sql
  url: string
}): Promise<string[]> {
  await checkServer(sql)
  return sql.begin(async (transaction) => {
    await transaction`set local statement_timeout = 0`
    await transaction`select pg_advisory_xact_lock(${STRUCTURE_LOCK})`
    await runMigrations({ connectionString: url, logger: new Logger(() => () => undefined) })
    const applied = await applyMigrations(transaction, {
      folder: join(import.meta.dirname, 'platform'),
      schema: 'platform',
    })
    await closeDatabase(transaction)
    return applied
  })
}

async function checkServer(sql: Sql): Promise<void> {
  const [server] = await sql<{ number: number; version: string }[]>`
    select current_setting('server_version_num')::int as number, current_setting('server_version') as version`
  if (server && server.number >= OLDEST_POSTGRES) return
  throw new Error(
    `The server at DATABASE_URL is PostgreSQL ${server?.version}; Tessera needs 15 or later. Upgrade it, or unset ` +
      'DATABASE_URL to use the embedded one.',
  )
}

/** By default every role of the server may connect; a tenant's role gets that right when it is made. */
async function closeDatabase(sql: Transaction): Promise<void> {
  await sql.unsafe(`do $$ begin
    if pg_has_role((select datdba from pg_database where datname = current_database()), 'usage')
      and has_database_privilege('public', current_database(), 'connect')
    then execute format('revoke all on database %I from public', current_database());
    end if;
  end $$`)
}
