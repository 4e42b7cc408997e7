import type { UnitOfWork } from '../../records/unit-of-work.ts'
import type { ProcessPorts } from '../ports.ts'
import type { LockedWork } from '../work-items/lock.ts'
import { onBehalfOf } from '../work-items/rights.ts'
import type { WorkItemRow } from '../work-items/work-item.ts'
import { withVote, type Vote } from './course.ts'
import { goOn } from './end.ts'
import { runningApproval } from './row.ts'

/**
 * Counts what was said with a part of an approval, which is done.
 * @throws TesseraError conflict where the approval is over
 */
export async function countVote(
  unit: UnitOfWork,
  options: {
    item: WorkItemRow & { readonly approval: string; readonly seat: string }
    outcome: Vote
    output: Readonly<Record<string, unknown>>
    locked: LockedWork
    ports: ProcessPorts
  },
): Promise<void> {
  const { item, outcome, output, locked, ports } = options
  const row = await runningApproval(unit, item.approval)
  const { outcome: _outcome, comment, by, ...values } = output
  const word = { comment: (comment as string | null | undefined) ?? null, by: String(by) }
  const course = withVote(row.course, {
    seat: item.seat,
    person: item.assignee ?? word.by,
    vote: {
      outcome,
      ...word,
      on_behalf_of: onBehalfOf(unit, item),
      at: unit.moment.now.toISOString(),
      values,
    },
  })
  const cause = { kind: 'work_item', id: item.id } as const
  await goOn(unit, { row, course, ...word, cause, locked, ports })
}
