import { v7 as uuidv7 } from 'uuid'
import type { UnitOfWork } from '../../records/unit-of-work.ts'
import type { ProcessPorts } from '../ports.ts'
import type { StepCause } from '../steps/cause.ts'
import type { LockedWork } from '../work-items/lock.ts'
import { rolesOfActive } from '../work-items/person.ts'
import type { AskedDeadline } from './asked.ts'
import { passedOn, standingOf, withDeadline, type Vote } from './course.ts'
import { endApproval, goOn } from './end.ts'
import { managersOf } from './find-people.ts'
import { readApproval, type ApprovalRow } from './row.ts'

/** Does what is declared for the end of a deadline: of a level, or of the whole. The record is locked. */
export async function deadlineOver(
  unit: UnitOfWork,
  options: {
    approval: string
    level: string | undefined
    /** What made it come: its timer, or who did not wait for it. */
    cause: StepCause
    locked: LockedWork
    ports: ProcessPorts
  },
): Promise<void> {
  const { approval, level, cause, locked, ports } = options
  const row = await readApproval(unit, approval)
  const deadline = level === undefined ? row.plan.deadline : row.plan.levels[level]?.deadline
  const isOpen = row.status === 'running' && (level === undefined || row.level === level)
  if (!isOpen || deadline === undefined) return
  const act = { row, by: null, comment: null, cause, locked, ports }
  if (deadline.do === 'pass_on') {
    const course = await passOn(unit, row, deadline)
    await goOn(unit, { ...act, course, closing: 'passed_on' })
    return
  }
  const outcome: Vote = deadline.do === 'approve' ? 'approved' : 'rejected'
  const course = withDeadline(row.course, { level: standingOf(row.course).level, outcome })
  if (level === undefined) await endApproval(unit, { ...act, course, outcome })
  else await goOn(unit, { ...act, course })
}

/** Passes what is open on: to the named person, or to the manager of each; never to a requester who may not decide. */
async function passOn(unit: UnitOfWork, row: ApprovalRow, deadline: AskedDeadline) {
  const holders = (await unit.sql.unsafe(
    `select seat, coalesce(delegated_by, assignee) as holder from _work_item
     where approval = $1::uuid and completed_at is null and assignee is not null`,
    [row.id],
    { prepare: true },
  )) as unknown as { seat: string; holder: string }[]
  const named = deadline.to ?? undefined
  const isThere = named !== undefined && (await rolesOfActive(unit, named)) !== undefined
  const managers =
    deadline.to === undefined
      ? await managersOf(
          unit,
          holders.map(({ holder }) => holder),
        )
      : new Map(holders.flatMap(({ holder }) => (isThere ? [[holder, named] as const] : [])))
  const moves = new Map(
    holders.flatMap(({ seat, holder }) => {
      const to = managers.get(holder)
      const isBarred = to === row.requested_by && !row.plan.mayRequesterApprove
      return to === undefined || isBarred ? [] : [[seat, to] as const]
    }),
  )
  return passedOn(row.course, { level: standingOf(row.course).level, moves, newId: uuidv7 })
}
