import { notFound, TesseraError } from '../../access/errors.ts'
import type { QueueModel } from '../../definitions/model/queue.ts'
import type { UnitOfWork } from '../../records/unit-of-work.ts'
import { claimWorkItem } from '../work-items/claim.ts'
import type { WorkItem } from '../work-items/work-item.ts'
import { lockedMember } from './fit.ts'
import { capacityOf, rulesFor, type Member } from './members.ts'

/**
 * Takes the next work of a queue for the asking person: the first by priority and age that he can do and that nobody
 * else is taking at this moment; undefined where nothing waits for him.
 * @throws TesseraError not_found for who is no member, conflict where the queue hands its work out itself, or where he has
 * no room for the next one
 */
export async function takeNext(unit: UnitOfWork, name: string): Promise<WorkItem | undefined> {
  const queue = unit.model.queues.get(name)
  const member = queue === undefined ? undefined : await lockedMember(unit, queue)
  if (queue === undefined || member === undefined) throw notFound('queue', name)
  if (queue.assignment !== 'pull')
    throw new TesseraError('conflict', `The queue "${name}" hands its work out itself to those who are here.`)
  const rules = rulesFor(queue, member)
  if (rules.length === 0) return undefined
  const [next] = (await unit.sql.unsafe(nextStatement, nextValues(queue, member, rules) as never[], {
    prepare: true,
  })) as unknown as { id: string; units: number }[]
  return next === undefined ? undefined : claimWorkItem(unit, next.id)
}

/** The first of a queue, by the index `_work_item_queue`; exported to be measured. */
export const nextStatement = `select w.id, w.units from _work_item w where w.queue = $1::text and w.status = 'open' and w.assignee is null
  and (w.queue_rule = any($2::text[]) or $3::boolean and w.queue_rule <> all($4::text[])) and ($5::int is null or w.units <= $5::int)
  and not (w.kind = 'approval' and not (w.form->>'may_requester_approve')::boolean and w.form->>'requested_by' is not distinct from $6::text)
  and not exists (select 1 from _work_event e where e.item = w.id and e.act = 'release' and e.from_user = $6::uuid)
  order by w.queue_rank, w.id limit 1 for update of w skip locked`

function nextValues(queue: QueueModel, member: Member, rules: readonly string[]): readonly unknown[] {
  const known = queue.rules.map(({ name }) => name)
  return [queue.name, rules, rules.includes(''), known, capacityOf(queue, member) ?? null, member.id]
}
