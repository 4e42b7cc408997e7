import { enqueue } from '../../database/jobs.ts'
import type { UnitOfWork } from '../../records/unit-of-work.ts'
import { timerKey } from './timers.ts'

/** Lets the timers of an instance that have failed or are overdue fire as soon as possible. @returns how many there are */
export async function retryTimers(unit: UnitOfWork, instance: string): Promise<number> {
  const rows = (await unit.sql.unsafe(
    `update _timer set failed_at = null, attempts = 0
     where instance = $1::uuid and status = 'pending' and (last_error is not null or due_at <= $2::timestamptz) returning id`,
    [instance, unit.moment.now.toISOString()],
    { prepare: true },
  )) as unknown as { id: string }[]
  for (const { id } of rows)
    await enqueue(unit.sql, { task: 'timer', payload: { timer: id }, jobKey: timerKey(id) })
  return rows.length
}

/** Notes on a timer that it could not fire: why, after how many attempts, and whether it has been given up. */
export async function noteTimerFailure(
  sql: Pick<UnitOfWork['sql'], 'unsafe'>,
  failure: { timer: string; error: string; attempt: number; hasFailed: boolean; now: Date },
): Promise<void> {
  const { timer, error, attempt, hasFailed, now } = failure
  await sql.unsafe(
    `update _timer set last_error = $2::text, attempts = $3::int,
       failed_at = case when $4::boolean then $5::timestamptz end where id = $1::uuid and status = 'pending'`,
    [timer, error, attempt, hasFailed, now.toISOString()],
    { prepare: true },
  )
}
