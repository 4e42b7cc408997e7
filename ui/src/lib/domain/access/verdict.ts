import type { AccessExplanation } from '#lib/shared/api/types.ts'

export type Verdict = 'allowed' | 'gone' | NonNullable<AccessExplanation['decided_by']>

/** What an explanation comes down to: the level that denies, or that there is no such record. */
export function verdictOf({ allows, decided_by: decided = 'feature', levels }: AccessExplanation): Verdict {
  if (allows) return 'allowed'
  const denying = levels.find((level) => !level.allows)
  // Who may see all records and not this one learns by it that it is not there.
  const isGone =
    denying?.level === 'record' &&
    denying.action === 'read' &&
    denying.grounds.some(({ kind, declared }) => kind === 'role' && declared?.says === 'all')
  return isGone ? 'gone' : decided
}

/** Whether the record may be hidden or not be there: the explanation is the same for both. */
export function mayBeHidden(explanation: AccessExplanation): boolean {
  const denying = explanation.levels.find((level) => !level.allows)
  return denying?.level === 'record' && denying.action === 'read' && verdictOf(explanation) === 'record'
}
