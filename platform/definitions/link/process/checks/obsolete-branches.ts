import type { Branch } from '../transitions.ts'
import type { MachineCheck } from './machine-check.ts'

/** A branch after one without a guard is never taken; a work item's last branch with a guard may leave it stuck. */
export function checkObsoleteBranches({ linkage, branches }: MachineCheck): void {
  let open: Branch | undefined
  for (const branch of branches) {
    if (branch.position === 0) open = undefined
    if (open !== undefined)
      linkage.problems.error({
        at: branch.at,
        code: 'never_taken',
        message: 'This branch is never taken: one before it has no guard.',
        remedy: 'Put the branch without a guard last.',
      })
    if (branch.declared.guard === undefined) open ??= branch
    const isLast = branch.position === branch.count - 1
    if (
      isLast &&
      branch.trigger.type === 'invocation' &&
      branch.declared.guard !== undefined &&
      open === undefined
    )
      linkage.problems.warning({
        at: branch.at,
        code: 'missing_fallback',
        message: `When no guard holds, the result of "${branch.trigger.id}" leads nowhere.`,
        remedy: 'Add a last branch without a guard.',
      })
  }
}
