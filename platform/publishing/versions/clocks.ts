import type { Queryable } from '../../database/index.ts'
import { qualified } from '../plan/statements.ts'

/** By then every node serves the new version, even where the notification was lost. */
export const untilServed = '10 seconds'

/** Has the clocks of service levels that run reckoned anew under the version that is being published. */
export async function renewRunningClocks(
  sql: Queryable,
  { tenant, schema }: { tenant: string; schema: string },
): Promise<void> {
  await sql.unsafe(
    `select graphile_worker.add_job('renew_clocks', json_build_object('tenant', $1::text),
       run_at := now() + interval '${untilServed}', job_key := $1::text || ':renew clocks')
     where exists (select 1 from ${qualified(schema, '_clock')} where status in ('running', 'paused'))`,
    [tenant],
  )
}
