import { delayEnd } from '../../calendars/delay.ts'
import { enqueue } from '../../database/jobs.ts'
import type { UnitOfWork } from '../../records/unit-of-work.ts'
import type { Place } from './place.ts'

/**
 * Sees to it that somebody gets the work that waits now: by jobs, which begin when this transaction has committed. So
 * nobody holds the turns of a queue while he still has something else to do, and a hand-out cannot spoil a step. All
 * statements are sent at once.
 */
export async function letWait(
  unit: UnitOfWork,
  item: { readonly id: string } & Pick<Place, 'queue' | 'overflow_at'>,
): Promise<void> {
  const queue = unit.model.queues.get(item.queue)
  if (queue === undefined) return
  const isHandedOut = queue.assignment !== 'pull' || queue.overflow?.isWhenNobody === true
  await Promise.all([
    isHandedOut && enqueue(unit.sql, { task: 'hand_out', payload: { queue: item.queue } }),
    item.overflow_at !== null &&
      enqueue(unit.sql, {
        task: 'overflow',
        payload: { item: item.id, queue: item.queue },
        runAt: item.overflow_at,
        jobKey: `overflow ${item.id}`,
      }),
  ])
}

/** Somebody has room for more, is here again, or is gone: what that means for waiting work is found by a job. */
export async function offerWork(unit: UnitOfWork, person: string, runAt?: Date): Promise<void> {
  if (unit.model.queues.size === 0) return
  await enqueue(unit.sql, {
    task: 'hand_out',
    payload: { person },
    ...(runAt === undefined ? {} : { runAt }),
  })
}

/** Work that was given back waits again: its time in the queue begins anew. */
export async function letWaitAgain(
  unit: UnitOfWork,
  { id, queue }: { id: string; queue: string },
): Promise<void> {
  const { now } = unit.moment
  const after = unit.model.queues.get(queue)?.overflow?.after
  const overflow = after === undefined ? null : delayEnd(after, now.getTime(), unit.model.calendars)
  const overflowAt = overflow === null ? null : new Date(overflow).toISOString()
  await unit.sql.unsafe(
    'update _work_item set queued_at = $2::timestamptz, overflow_at = $3::timestamptz where id = $1::uuid',
    [id, now.toISOString(), overflowAt],
    { prepare: true },
  )
  await letWait(unit, { id, queue, overflow_at: overflowAt })
}
