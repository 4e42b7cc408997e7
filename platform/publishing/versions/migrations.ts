import { v7 as uuidv7 } from 'uuid'
import type { Queryable } from '../../database/index.ts'
import type { Publication } from '../apply/publication.ts'
import { qualified } from '../plan/statements.ts'
import { untilServed } from './clocks.ts'

/**
 * Has the worker take over what lives on earlier versions of processes with a migration, when every node serves the
 * version that is being published. What an earlier publish had begun is overtaken.
 */
export async function beginMigrations(
  sql: Queryable,
  { tenant, publication }: { tenant: string; publication: Publication },
): Promise<void> {
  const { schema } = publication.spec
  const table = qualified(schema, '_process_migration')
  for (const { name, hash, migration } of publication.definitions) {
    await sql.unsafe(
      `update ${table} set status = 'overtaken', finished_at = now() where process = $1 and status in ('waiting', 'running')`,
      [name],
    )
    if (migration === undefined) continue
    await sql.unsafe(
      `with begun as (insert into ${table} (id, process, definition, status)
         select $1, $2::text, $3::text, 'waiting'
         where exists (select 1 from ${qualified(schema, '_instance')} where process = $2 and definition <> $3 and ended_at is null)
         returning id)
       select graphile_worker.add_job('migrate', json_build_object('tenant', $4::text, 'migration', id),
         run_at := now() + interval '${untilServed}', job_key := $4::text || ':migrate ' || $2::text, max_attempts := 5, priority := 10)
       from begun`,
      [uuidv7(), name, hash, tenant],
    )
  }
}
