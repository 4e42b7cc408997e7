import type { Queryable } from '../../database/index.ts'
import type { Model } from '../../definitions/model/model.ts'
import { untilServed } from './clocks.ts'

/** Has the worker carry out what says how long records are kept; it asks itself for every day after. */
export async function askForRetention(
  sql: Queryable,
  { tenant, model }: { tenant: string; model: Model },
): Promise<void> {
  if (![...model.objects.values()].some(({ privacy }) => privacy.retention !== undefined)) return
  await sql.unsafe(
    `select graphile_worker.add_job('retention', json_build_object('tenant', $1::text),
       run_at := now() + interval '${untilServed}', job_key := $1::text || ':retention')`,
    [tenant],
  )
}
