import { TesseraError } from '../../access/errors.ts'
import type { QueueModel } from '../../definitions/model/queue.ts'
import type { UnitOfWork } from '../../records/unit-of-work.ts'
import { hasRoom } from './choose-person.ts'
import { capacityOf, isMemberOf, lockPeople, memberById, rulesFor, type Member } from './members.ts'

/**
 * Makes sure that a person may take this work of a queue by hand: he has what its rule asks for, and room for it.
 * @throws TesseraError conflict
 */
export async function mustFit(
  unit: UnitOfWork,
  item: { readonly queue: string; readonly queue_rule: string; readonly units: number },
): Promise<void> {
  const queue = unit.model.queues.get(item.queue)
  if (queue === undefined) return
  const member = await lockedMember(unit, queue)
  const rule = queue.rules.some(({ name }) => name === item.queue_rule) ? item.queue_rule : ''
  if (member === undefined || !rulesFor(queue, member).includes(rule))
    throw new TesseraError('conflict', 'This work asks for skills that you do not have.', {
      members: { reason: 'skills' },
    })
  const capacity = capacityOf(queue, member)
  if (!hasRoom({ load: member.load, capacity }, item.units))
    throw new TesseraError(
      'conflict',
      `You have ${member.load} of ${capacity} units; this work takes ${item.units}. Finish something first.`,
      { members: { reason: 'capacity' } },
    )
}

/** The asking person, locked against other work that would come to him at the same moment. */
export async function lockedMember(unit: UnitOfWork, queue: QueueModel): Promise<Member | undefined> {
  const { userId } = unit.principal
  if (userId === undefined) return undefined
  await unit.sql.unsafe(
    `insert into _work_person (person, since, seen_at) values ($1::uuid, $2::timestamptz, $2::timestamptz) on conflict do nothing`,
    [userId, unit.moment.now.toISOString()],
    { prepare: true },
  )
  await lockPeople(unit, [userId])
  const member = await memberById(unit, userId, queue.name)
  return member !== undefined && isMemberOf(queue, member) ? member : undefined
}
