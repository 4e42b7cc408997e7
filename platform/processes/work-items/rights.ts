import type { UnitOfWork } from '../../records/unit-of-work.ts'
import type { WorkItemRow } from './work-item.ts'

export type WorkAct =
  | 'claim'
  | 'release'
  | 'complete'
  | 'approve'
  | 'reject'
  | 'return'
  | 'transfer'
  | 'delegate'
  | 'answer'
  | 'recall'
  | 'add'
  | 'remove'
  | 'urge'
  | 'change_due'
  | 'attach'
  | 'comment'

/** Whether somebody may do the work: its assignee or who stands in for him, or, while it is open, the holder of its role. */
export function mayDo(unit: UnitOfWork, item: WorkItemRow): boolean {
  const { userId } = unit.principal
  if (userId === undefined || isBarred(item, userId)) return false
  if (item.assignee !== null) return isOwn(unit, item)
  return isCandidate(unit, item)
}

/** Whether the person is one of those who may take the work while nobody has it. */
export function isCandidate({ principal }: UnitOfWork, item: WorkItemRow): boolean {
  return isAmongCandidates(item, principal)
}

/** The same of any person. */
export function isAmongCandidates(
  { candidate_roles: roles, candidate_users: users, candidate_teams: teams }: WorkItemRow,
  person: {
    readonly userId: string | undefined
    readonly roles: readonly string[]
    readonly team: string | null | undefined
  },
): boolean {
  return (
    roles.some((role) => person.roles.includes(role)) ||
    users.includes(person.userId ?? '') ||
    teams.includes(person.team ?? '')
  )
}

/** Whether several people may have the work, so that who has it can give it back to them. */
export function isPooled(item: WorkItemRow): boolean {
  return item.candidate_roles.length > 0 || item.queue !== null
}

/** Nobody approves what he asked for himself, unless the declaration lets him; nor does another in his name. */
export function isBarred(item: WorkItemRow, person: string): boolean {
  return item.kind === 'approval' && !item.form.may_requester_approve && item.form.requested_by === person
}

/** For whom the person acts on the work; null for himself. */
export function onBehalfOf(unit: UnitOfWork, item: WorkItemRow): string | null {
  const { userId } = unit.principal
  if (item.is_substitute && item.assignee !== userId) return item.assignee
  return item.assignee !== userId && item.is_substitute_of_delegator && item.delegated_by !== userId
    ? item.delegated_by
    : null
}

/** Whether the person has a part in the work, or is above those who have. */
export function isInvolved(unit: UnitOfWork, item: WorkItemRow): boolean {
  return mayDo(unit, item) || isOwn(unit, item) || isDelegator(unit, item) || isAbove(unit, item)
}

/** What the person may do with a work item that he may see. */
export function actsOf(unit: UnitOfWork, item: WorkItemRow): readonly WorkAct[] {
  const isOpen = item.status === 'open' || item.status === 'claimed'
  if (unit.principal.userId === undefined || (!isOpen && item.status !== 'waiting')) return []
  return [
    ...(isOpen ? actsOfHolder(unit, item) : []),
    ...(isOpen && isDelegator(unit, item) ? (['recall'] as const) : []),
    ...(mayTransfer(unit, item) ? (['transfer'] as const) : []),
    ...(mayAdd(unit, item) ? (['add'] as const) : []),
    ...(mayRemove(unit, item) ? (['remove'] as const) : []),
    ...(isOpen && mayUrge(unit, item) ? (['urge'] as const) : []),
    ...(isAbove(unit, item) ? (['change_due'] as const) : []),
    ...(mayAttach(unit, item) ? (['attach'] as const) : []),
    'comment',
  ]
}

function actsOfHolder(unit: UnitOfWork, item: WorkItemRow): readonly WorkAct[] {
  if (!mayDo(unit, item)) return []
  if (item.delegated_by !== null) return ['answer']
  const finish: readonly WorkAct[] = item.kind === 'approval' ? ['approve', 'reject'] : ['complete']
  // What waits in a queue is taken first: only then is it known that there is room for it.
  if (item.assignee === null) return item.queue === null ? ['claim', ...finish] : ['claim']
  const { returns } = item.form
  const canReturn =
    item.approval !== null && returns !== undefined && (returns.requester || returns.levels.length > 0)
  const canGiveBack = item.status === 'claimed' && isPooled(item)
  return [
    ...(canGiveBack ? (['release'] as const) : []),
    ...finish,
    ...(canReturn ? (['return'] as const) : []),
    'delegate',
  ]
}

function isOwn({ principal }: UnitOfWork, item: WorkItemRow): boolean {
  if (item.assignee === null || principal.userId === undefined) return false
  if (item.assignee === principal.userId) return true
  return item.is_substitute && !isBarred(item, item.assignee)
}

function isDelegator({ principal }: UnitOfWork, item: WorkItemRow): boolean {
  if (item.delegated_by === null) return false
  return item.delegated_by === principal.userId || item.is_substitute_of_delegator
}

/** Administrators, and those above the assignee in the reporting line. */
function isAbove(unit: UnitOfWork, item: WorkItemRow): boolean {
  return isAdministrator(unit) || item.is_superior
}

export function isAdministrator({ rights }: UnitOfWork): boolean {
  return rights.features.has('administer')
}

/** What waits for an answer is first taken back. */
function mayTransfer(unit: UnitOfWork, item: WorkItemRow): boolean {
  const isOpen = item.status === 'open' || item.status === 'claimed'
  if (!isOpen || item.delegated_by !== null) return false
  return (item.assignee !== null && mayDo(unit, item)) || isAbove(unit, item)
}

/** Before the own act, and to the work itself alone: nobody adds to a part that was added. */
function mayAdd(unit: UnitOfWork, item: WorkItemRow): boolean {
  const isBefore = item.result === null && item.parent === null && item.delegated_by === null
  return isBefore && item.assignee !== null && mayDo(unit, item)
}

function mayRemove(unit: UnitOfWork, item: WorkItemRow): boolean {
  if (!isOwn(unit, item) && !isAdministrator(unit)) return false
  return (item.added ?? []).some(({ status }) => status !== 'done')
}

/** Who has it, also while others act first; what waits in a queue is taken first. */
function mayAttach(unit: UnitOfWork, item: WorkItemRow): boolean {
  return mayDo(unit, item) && (item.assignee !== null || item.queue === null)
}

/** Those who wait for others: the requester, who delegated or added, and who is above. */
function mayUrge(unit: UnitOfWork, item: WorkItemRow): boolean {
  const { userId } = unit.principal
  if (mayDo(unit, item)) return false
  const waits = item.form.requested_by === userId || item.added_by === userId
  return waits || isDelegator(unit, item) || isAbove(unit, item)
}
