import type { Queryable } from '../../database/index.ts'
import type { Model } from '../../definitions/model/model.ts'
import { qualified } from '../plan/statements.ts'
import { untilServed } from './clocks.ts'

/** Has triggers that wait for moments prepared for the records that there are, and those that are gone forgotten. */
export async function armChangedTriggers(
  sql: Queryable,
  { tenant, schema, model }: { tenant: string; schema: string; model: Model },
): Promise<void> {
  const isWaiting = [...model.triggers.values()].some(({ on }) => on.type === 'due' || on.type === 'schedule')
  await sql.unsafe(
    `select graphile_worker.add_job('arm_triggers', json_build_object('tenant', $1::text),
       run_at := now() + interval '${untilServed}', job_key := $1::text || ':arm triggers')
     where $2::boolean or exists (select 1 from ${qualified(schema, '_trigger_watch')})`,
    [tenant, isWaiting],
  )
}
