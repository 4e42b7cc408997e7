import { enqueue, removeJob } from '../../database/jobs.ts'
import type { UnitOfWork } from '../../records/unit-of-work.ts'

/** A trigger that waits for moments, and how far it has come. */
export interface Watch {
  readonly trigger: string
  readonly definition: string
  readonly next_at: string | null
  readonly running_at: string | null
  readonly position: string | null
  readonly is_ready: boolean
}

const columns = 'trigger, definition, next_at, running_at, position, is_ready'

export async function allWatches(unit: UnitOfWork): Promise<readonly Watch[]> {
  return (await unit.sql.unsafe(`select ${columns} from _trigger_watch order by trigger`, [], {
    prepare: true,
  })) as unknown as Watch[]
}

/** The watch of a trigger, locked: nobody else goes on with it meanwhile. */
export async function lockWatch(unit: UnitOfWork, trigger: string): Promise<Watch | undefined> {
  const [watch] = (await unit.sql.unsafe(
    `select ${columns} from _trigger_watch where trigger = $1::text for update`,
    [trigger],
    { prepare: true },
  )) as unknown as Watch[]
  return watch
}

export async function saveWatch(unit: UnitOfWork, watch: Watch): Promise<void> {
  await unit.sql.unsafe(
    `insert into _trigger_watch (${columns})
     values ($1::text, $2::text, $3::timestamptz, $4::timestamptz, $5::uuid, $6::boolean)
     on conflict (trigger) do update set definition = excluded.definition, next_at = excluded.next_at,
       running_at = excluded.running_at, position = excluded.position, is_ready = excluded.is_ready`,
    [watch.trigger, watch.definition, watch.next_at, watch.running_at, watch.position, watch.is_ready],
    { prepare: true },
  )
}

/** Forgets a trigger that is no longer declared, and all that waits for it. */
export async function dropWatch(unit: UnitOfWork, trigger: string): Promise<void> {
  const waiting = (await unit.sql.unsafe(
    `update _trigger_run set status = 'void', done_at = $2::timestamptz
     where trigger = $1::text and kind = 'due' and status = 'pending' returning batch`,
    [trigger, unit.moment.now.toISOString()],
    { prepare: true },
  )) as unknown as { batch: string }[]
  await Promise.all(waiting.map(({ batch }) => removeJob(unit.sql, `trigger ${batch}`)))
  await removeJob(unit.sql, scheduleKey(trigger))
  await unit.sql.unsafe('delete from _trigger_watch where trigger = $1::text', [trigger], { prepare: true })
}

/** The job for the next moment of a schedule. */
export function askForSchedule(
  unit: UnitOfWork,
  { trigger, runAt }: { trigger: string; runAt: string },
): Promise<void> {
  return enqueue(unit.sql, { task: 'schedule', payload: { trigger }, jobKey: scheduleKey(trigger), runAt })
}

function scheduleKey(trigger: string): string {
  return `schedule ${trigger}`
}
