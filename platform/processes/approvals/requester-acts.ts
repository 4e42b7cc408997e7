import { notFound, TesseraError } from '../../access/errors.ts'
import type { UnitOfWork } from '../../records/unit-of-work.ts'
import type { ProcessPorts } from '../ports.ts'
import { lockWork } from '../work-items/lock.ts'
import { isTooLate } from './acts.ts'
import { withoutVote } from './course.ts'
import { endApproval } from './end.ts'
import { askSeats } from './parts.ts'
import { readApproval, runningApproval } from './row.ts'

/**
 * Withdraws an approval, by its requester, as long as the declaration lets him: it ends as "withdrawn".
 * @throws TesseraError not_found for everybody else, conflict where it is over or too late
 */
export async function withdrawApproval(
  unit: UnitOfWork,
  { id, comment }: { id: string; comment?: string | undefined },
  ports: ProcessPorts = {},
): Promise<void> {
  const found = await readApproval(unit, id)
  const by = unit.principal.userId
  if (by === undefined || found.requested_by !== by) throw notFound('approval', id)
  const locked = await lockWork(unit, found)
  const row = await runningApproval(unit, id)
  if (isTooLate(row))
    throw new TesseraError(
      'conflict',
      row.plan.withdraw === undefined
        ? 'This approval cannot be withdrawn.'
        : 'Somebody has acted on this approval already; it cannot be withdrawn any more.',
    )
  await endApproval(unit, {
    row,
    course: row.course,
    outcome: 'withdrawn',
    by,
    comment: comment ?? null,
    cause: { kind: 'person', id: by },
    locked,
    ports,
  })
}

/**
 * Takes the own last word on an approval back, before the next has acted; one is asked again.
 * @throws TesseraError not_found for who has said nothing, conflict where it is over, too late or not allowed
 */
export async function takeBackVote(
  unit: UnitOfWork,
  { id, comment }: { id: string; comment?: string | undefined },
): Promise<void> {
  const found = await readApproval(unit, id)
  const by = unit.principal.userId
  const hasSpoken = found.course.levels.some(({ seats }) => seats.some(({ vote }) => vote?.by === by))
  if (by === undefined || !hasSpoken) throw notFound('approval', id)
  await lockWork(unit, found)
  const row = await runningApproval(unit, id)
  const back = row.plan.mayTakeBack ? withoutVote(row.course, by) : undefined
  if (back === undefined)
    throw new TesseraError(
      'conflict',
      row.plan.mayTakeBack
        ? 'The next has acted already; your word cannot be taken back any more.'
        : 'This approval does not let people take their word back.',
    )
  await unit.sql.unsafe(
    `with item as (update _work_item set outcome = 'taken_back', version = version + 1 where id = (
         select id from _work_item where approval = $1::uuid and seat = $2::text and status = 'done' order by completed_at desc, id desc limit 1)
       returning id)
     insert into _work_event (item, at, by, act, comment) select id, $3::timestamptz, $4::uuid, 'take_back', $5::text from item`,
    [row.id, back.seat.id, unit.moment.now.toISOString(), by, comment ?? null],
    { prepare: true },
  )
  await askSeats(unit, { row, course: back.course, closing: 'taken_back' })
}
