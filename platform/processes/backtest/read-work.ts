import type { UnitOfWork } from '../../records/unit-of-work.ts'
import type { RecordedLevel, RecordedWork } from './recorded.ts'

/** The work of a case as it went, in the order in which it was asked for. */
export async function readWork(unit: UnitOfWork, instance: string): Promise<readonly RecordedWork[]> {
  const [items, approvals] = await Promise.all([
    unit.sql.unsafe<ItemRow[]>(
      `select w.id, w.invocation, w.approval, w.seat, w.created_at as at,
         exists (select from _work_event e where e.item = w.id and e.act = 'change_due') as is_rescheduled
       from _work_item w where w.instance = $1::uuid and w.parent is null order by w.id`,
      [instance],
    ),
    unit.sql.unsafe<ApprovalRow[]>(
      `select id, invocation, started_at, ended_at, course -> 'levels' as levels from _approval
       where instance = $1::uuid`,
      [instance],
    ),
  ])
  const parts = Map.groupBy(items, ({ approval }) => approval)
  const alone = (parts.get(null) ?? []).map(({ id, invocation, is_rescheduled: isRescheduled }) => ({
    id,
    invocation,
    isRescheduled,
    levels: [],
  }))
  const inLevels = approvals.map((approval) => ({
    id: approval.id,
    invocation: approval.invocation,
    isRescheduled: false,
    levels: levelsOf(approval, parts.get(approval.id) ?? []),
  }))
  // Ids grow with the time at which they were made.
  return [...alone, ...inLevels].toSorted((one, other) => (one.id < other.id ? -1 : 1))
}

interface ItemRow {
  readonly id: string
  readonly invocation: string
  readonly approval: string | null
  readonly seat: string | null
  readonly at: string
  readonly is_rescheduled: boolean
}

interface ApprovalRow {
  readonly id: string
  readonly invocation: string
  readonly started_at: string
  readonly ended_at: string | null
  readonly levels: readonly { readonly name: string; readonly seats: readonly { readonly id: string }[] }[]
}

/**
 * Which levels were open, from when to when: a level is open from its first work to the first work of another one. One to
 * which the approval was returned comes again.
 */
export function levelsOf(
  { levels, ended_at: endedAt }: Pick<ApprovalRow, 'levels' | 'ended_at'>,
  parts: readonly Pick<ItemRow, 'seat' | 'at' | 'is_rescheduled'>[],
): readonly RecordedLevel[] {
  const found: RecordedLevel[] = []
  for (const { seat, at, is_rescheduled: isRescheduled } of parts) {
    const last = found.at(-1)
    const name = levelOf(levels, seat ?? '') ?? last?.name
    if (name === undefined) continue
    if (last?.name === name)
      found[found.length - 1] = { ...last, isRescheduled: last.isRescheduled || isRescheduled }
    else {
      if (last !== undefined) found[found.length - 1] = { ...last, to: at }
      found.push({ name, from: at, to: endedAt, isRescheduled })
    }
  }
  return found
}

/** A seat that was passed on is not in the course any more; its first id begins with the name of its level. */
function levelOf(levels: ApprovalRow['levels'], seat: string): string | undefined {
  const holding = levels.find(({ seats }) => seats.some(({ id }) => id === seat))
  return (holding ?? levels.find(({ name }) => seat.startsWith(`${name}.`)))?.name
}
