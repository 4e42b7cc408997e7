import type { UnitOfWork } from '../../records/unit-of-work.ts'
import { withoutVote } from './course.ts'
import type { ApprovalRow } from './row.ts'

export type ApprovalAct = 'withdraw' | 'take_back'

/** What the person may do with a whole approval. */
export function approvalActs({ principal }: UnitOfWork, row: ApprovalRow): readonly ApprovalAct[] {
  const { userId } = principal
  if (row.status !== 'running' || userId === undefined) return []
  const mayWithdraw = row.requested_by === userId && !isTooLate(row)
  const mayTakeBack = row.plan.mayTakeBack && withoutVote(row.course, userId) !== undefined
  return [...(mayWithdraw ? (['withdraw'] as const) : []), ...(mayTakeBack ? (['take_back'] as const) : [])]
}

/** Whether the requester can no longer withdraw it, or never could. */
export function isTooLate({ plan, course }: ApprovalRow): boolean {
  if (plan.withdraw === 'any_time') return false
  const hasVote = course.levels.some(({ seats }) => seats.some(({ vote }) => vote !== null))
  return plan.withdraw === undefined || hasVote
}
