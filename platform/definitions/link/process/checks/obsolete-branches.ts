import type { MachineCheck } from './machine-check.ts'
import { branchGroups } from './branch-groups.ts'

/** A branch after one without a guard is never taken. */
export function checkObsoleteBranches({ linkage, branches }: MachineCheck): void {
  for (const group of branchGroups(branches)) {
    const open = group.findIndex(({ declared }) => declared.guard === undefined)
    for (const branch of open === -1 ? [] : group.slice(open + 1))
      linkage.problems.error({
        at: branch.at,
        code: 'never_taken',
        message: 'This branch is never taken: one before it has no guard.',
        remedy: 'Put the branch without a guard last.',
      })
  }
}
