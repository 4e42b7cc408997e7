import { notFound } from '../../access/errors.ts'
import type { LocalText } from '../../definitions/model/model.ts'
import type { Assignment, QueueModel } from '../../definitions/model/queue.ts'
import type { UnitOfWork } from '../../records/unit-of-work.ts'
import { isAdministrator } from '../work-items/rights.ts'
import { askedBy, workItemSelect } from '../work-items/select.ts'
import { presentItems, type WorkItem, type WorkItemRow } from '../work-items/work-item.ts'
import { capacityOf, isMemberOf, memberById, membersOfQueue, presenceOf, type Presence } from './members.ts'
import { agedPriority } from './rank.ts'

export interface QueueSummary {
  readonly name: string
  readonly label: LocalText
  readonly help: LocalText | undefined
  readonly object: string
  readonly assignment: Assignment
  /** How much work waits. */
  readonly waiting: number
  /** Since when the oldest does. */
  readonly oldest: string | null
  /** The asking person gets work of it. */
  readonly is_member: boolean
}

export interface QueueView extends QueueSummary {
  /** What comes first, as far as it is shown. */
  readonly items: readonly { readonly item: WorkItem; readonly priority: number; readonly since: string }[]
  readonly people: readonly {
    readonly id: string
    readonly name: string | null
    readonly presence: Presence
    readonly load: number
    readonly capacity: number | null
    readonly skills: Readonly<Record<string, number>>
  }[]
}

const shown = 50

/** The queues from which the person gets work; all of them for administrators. */
export async function listQueues(unit: UnitOfWork): Promise<readonly QueueSummary[]> {
  const queues = await queuesOf(unit)
  const counts = await countsOf(
    unit,
    queues.map(({ queue }) => queue.name),
  )
  return queues.map((each) => summaryOf(each, counts))
}

/**
 * What waits in a queue, in order, and who does its work.
 * @throws TesseraError not_found for who is neither a member nor an administrator
 */
export async function describeQueue(unit: UnitOfWork, name: string): Promise<QueueView> {
  const found = (await queuesOf(unit)).find(({ queue }) => queue.name === name)
  if (found === undefined) throw notFound('queue', name)
  const { queue } = found
  const [counts, rows, members] = await Promise.all([
    countsOf(unit, [name]),
    unit.sql.unsafe(
      `${workItemSelect} where w.queue = $3::text and w.status = 'open' and w.assignee is null order by w.queue_rank, w.id limit ${shown}`,
      [...askedBy(unit), name],
      { prepare: true },
    ) as unknown as Promise<WorkItemRow[]>,
    membersOfQueue(unit, queue),
  ])
  const items = await presentItems(unit, rows)
  const { now } = unit.moment
  return {
    ...summaryOf(found, counts),
    items: items.map((item, at) => ({
      item,
      since: (rows[at] as WorkItemRow).created_at,
      priority: agedPriority({
        priority: item.priority,
        since: new Date((rows[at] as WorkItemRow).created_at).getTime(),
        now: now.getTime(),
        ageing: queue.ageing,
      }),
    })),
    people: members.map((member) => ({
      id: member.id,
      name: member.name,
      presence: presenceOf(member, { awayAfterMs: queue.awayAfterMs, now }),
      load: member.load,
      capacity: capacityOf(queue, member) ?? null,
      skills: member.skills,
    })),
  }
}

interface Own {
  readonly queue: QueueModel
  readonly isMember: boolean
}

async function queuesOf(unit: UnitOfWork): Promise<readonly Own[]> {
  const { userId } = unit.principal
  if (unit.model.queues.size === 0 || userId === undefined) return []
  const member = await memberById(unit, userId)
  const isSeenByAll = isAdministrator(unit)
  return [...unit.model.queues.values()]
    .map((queue) => ({ queue, isMember: member !== undefined && isMemberOf(queue, member) }))
    .filter(({ isMember }) => isMember || isSeenByAll)
}

type Counts = ReadonlyMap<string, { readonly waiting: number; readonly oldest: string }>

async function countsOf(unit: UnitOfWork, names: readonly string[]): Promise<Counts> {
  if (names.length === 0) return new Map()
  const rows = (await unit.sql.unsafe(
    `select queue, count(*)::int as waiting, min(created_at) as oldest from _work_item
     where queue = any($1::text[]) and status = 'open' and assignee is null group by queue`,
    [names as string[]],
    { prepare: true },
  )) as unknown as { queue: string; waiting: number; oldest: string }[]
  return new Map(rows.map((row) => [row.queue, row]))
}

function summaryOf({ queue, isMember }: Own, counts: Counts): QueueSummary {
  const { name, label, help, object, assignment } = queue
  const { waiting = 0, oldest = null } = counts.get(name) ?? {}
  return { name, label, help, object, assignment, waiting, oldest, is_member: isMember }
}
