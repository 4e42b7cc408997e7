import { v7 as uuidv7 } from 'uuid'
import { enqueue } from '../../database/jobs.ts'
import type { UnitOfWork } from '../../records/unit-of-work.ts'

/**
 * Sets a timer of an instance (`end` in milliseconds since 1970): a row and a job, both in the step's transaction, by
 * statements that nobody waits for. The row's id is its token.
 */
export function armTimer(
  unit: UnitOfWork,
  options: { instance: string; eventId: string; end: number },
): void {
  const id = uuidv7()
  const due = new Date(options.end).toISOString()
  const inserted = unit.sql.unsafe(
    `insert into _timer (id, instance, event_id, token, due_at, status, created_at)
     values ($1::uuid, $2::uuid, $3::text, $1::uuid, $4::timestamptz, 'pending', $5::timestamptz)`,
    [id, options.instance, options.eventId, due, unit.moment.now.toISOString()],
    { prepare: true },
  )
  unit.later(inserted)
  unit.later(enqueue(unit.sql, { task: 'timer', payload: { timer: id }, runAt: due, jobKey: timerKey(id) }))
}

/** Cancels the pending timers of an event: they are void even if their job has begun already. Nobody waits for it. */
export function cancelTimers(unit: UnitOfWork, options: { instance: string; eventId: string }): void {
  const cancelled = unit.sql.unsafe(
    `with cancelled as (update _timer set status = 'cancelled'
       where instance = $1::uuid and event_id = $2::text and status = 'pending' returning id)
     select platform.remove_job('${timerKey('')}' || id) from cancelled`,
    [options.instance, options.eventId],
    { prepare: true },
  )
  unit.later(cancelled)
}

export function timerKey(id: string): string {
  return `timer ${id}`
}
