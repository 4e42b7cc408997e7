import type { Queryable } from '../../database/index.ts'
import { qualified } from '../plan/statements.ts'

/** By then every node serves the new version, even where the notification was lost. */
const untilServed = '10 seconds'

/** Has the work that waits in queues placed anew under the version that is being published. */
export async function renewWaitingWork(
  sql: Queryable,
  { tenant, schema }: { tenant: string; schema: string },
): Promise<void> {
  await sql.unsafe(
    `select graphile_worker.add_job('renew_queues', json_build_object('tenant', $1::text),
       run_at := now() + interval '${untilServed}', job_key := $1::text || ':renew queues')
     where exists (select 1 from ${qualified(schema, '_work_item')}
       where status = 'open' and assignee is null and queue is not null)`,
    [tenant],
  )
}
