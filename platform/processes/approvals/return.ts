import { invalid } from '../../access/errors.ts'
import type { UnitOfWork } from '../../records/unit-of-work.ts'
import type { ProcessPorts } from '../ports.ts'
import { changeItem } from '../work-items/change.ts'
import { itemFor, readItem } from '../work-items/find.ts'
import { lockWork } from '../work-items/lock.ts'
import { presentItem, type WorkItem } from '../work-items/work-item.ts'
import { standingOf, withReturn } from './course.ts'
import { endApproval } from './end.ts'
import { askSeats, returnableLevels } from './parts.ts'
import { runningApproval, type ApprovalRow } from './row.ts'

/**
 * Returns an approval: to the requester, with which it ends as "returned", or to an earlier level, which decides anew.
 * @param to the name of the level; the requester without it
 * @throws TesseraError not_found, conflict where the approval does not allow it or is over, validation at `to`
 */
export async function returnWorkItem(
  unit: UnitOfWork,
  { id, to, comment }: { id: string; to?: string | undefined; comment: string },
  ports: ProcessPorts = {},
): Promise<WorkItem> {
  const locked = await lockWork(unit, await itemFor(unit, id, 'return'))
  const item = await itemFor(unit, id, 'return')
  const row = await runningApproval(unit, item.approval as string)
  const level = to === undefined ? undefined : levelOf(row, to)
  if (to === undefined && !row.plan.returns.toRequester) throw wrongPlace(row)
  const by = unit.principal.userId ?? null
  await changeItem(unit, {
    item,
    set: {
      status: 'done',
      outcome: 'returned',
      result: { outcome: 'returned', comment, by },
      completed_by: by,
      completed_at: unit.moment.now.toISOString(),
    },
    event: { act: 'return', comment, ...(to === undefined ? {} : { detail: { level: to } }) },
  })
  if (level === undefined) {
    const cause = { kind: 'work_item', id } as const
    const { course } = row
    await endApproval(unit, { row, course, outcome: 'returned', by, comment, cause, locked, ports })
  } else {
    const course = withReturn(row.course, { to: level, then: row.plan.returns.then })
    await askSeats(unit, { row, course, closing: 'returned' })
  }
  return presentItem(unit, await readItem(unit, id))
}

function levelOf(row: ApprovalRow, to: string): number {
  if (!possibleLevels(row).includes(to)) throw wrongPlace(row)
  return row.course.levels.findIndex(({ name }) => name === to)
}

function possibleLevels({ plan, course }: ApprovalRow): readonly string[] {
  return plan.returns.toLevels ? returnableLevels(course, standingOf(course).level) : []
}

function wrongPlace(row: ApprovalRow) {
  const known = [...(row.plan.returns.toRequester ? ['the requester'] : []), ...possibleLevels(row)]
  return invalid([
    {
      field: 'to',
      code: 'level',
      message: `is nothing that this can be returned to; possible: ${known.join(', ')}`,
    },
  ])
}
