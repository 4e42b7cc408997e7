import { v7 as uuidv7 } from 'uuid'
import { removeJob } from '../../database/jobs.ts'
import type { TriggerModel } from '../../definitions/model/trigger.ts'
import type { UnitOfWork } from '../../records/unit-of-work.ts'
import type { RecordValues } from '../../records/values.ts'
import { momentOf } from '../timers/moments.ts'
import { askForRuns } from './runs.ts'

/** When a due trigger is due for a record (milliseconds since 1970); undefined where it never is. */
export function dueMoment(
  unit: UnitOfWork,
  { trigger, record }: { trigger: TriggerModel; record: RecordValues },
): number | undefined {
  const { on, actor } = trigger
  return on.type === 'due'
    ? momentOf(unit, { process: actor, moment: on.moment, seen: { record } })
    : undefined
}

/**
 * Lets a due trigger wait for the moment that a record now gives, and no longer for another. It runs once for each
 * moment of a record, however often it is set.
 * @param options.passed what follows for a moment that has passed
 */
export async function awaitMoment(
  unit: UnitOfWork,
  options: {
    trigger: TriggerModel
    record: string
    at: number | undefined
    passed: 'skip' | 'run'
  },
): Promise<void> {
  const { trigger, record, passed } = options
  const now = unit.moment.now.getTime()
  const isAwaited = options.at !== undefined && (options.at >= now || passed === 'run')
  const due = isAwaited ? new Date(options.at as number).toISOString() : null
  const overtaken = (await unit.sql.unsafe(
    `update _trigger_run set status = 'void', done_at = $4::timestamptz
     where trigger = $1::text and record = $2::uuid and kind = 'due' and status = 'pending'
       and due_at is distinct from $3::timestamptz returning batch`,
    [trigger.name, record, due, unit.moment.now.toISOString()],
    { prepare: true },
  )) as unknown as { batch: string }[]
  for (const { batch } of overtaken) await removeJob(unit.sql, `trigger ${batch}`)
  if (due === null) return
  const id = uuidv7()
  const [armed] = (await unit.sql.unsafe(
    `insert into _trigger_run as r (id, trigger, object, record, kind, key, status, due_at, batch, created_at)
     values ($1::uuid, $2::text, $3::text, $4::uuid, 'due', $5::text, 'pending', $6::timestamptz, $1::uuid, $7::timestamptz)
     on conflict (trigger, key) where key is not null do update
       set status = 'pending', batch = excluded.batch, done_at = null, attempts = 0 where r.status = 'void'
     returning batch`,
    [id, trigger.name, trigger.object, record, `${record} ${due}`, due, unit.moment.now.toISOString()],
    { prepare: true },
  )) as unknown as { batch: string }[]
  if (armed !== undefined) await askForRuns(unit, { batch: armed.batch, runAt: due })
}
