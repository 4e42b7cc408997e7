import { inside } from '../../../../model/problem-list.ts'
import type { Branch } from '../../transitions.ts'
import { branchGroups } from '../branch-groups.ts'
import type { MachineCheck } from '../machine-check.ts'
import { canHold } from './can-hold.ts'
import { conditionOf, type Condition } from './condition.ts'
import { certainDomains } from './domains.ts'

/**
 * Guards that can never hold or always hold, and branches that are never taken because those before them are: for
 * `x > 5` after `x > 3`. Only what is certain for all values is reported.
 */
export function checkGuards(check: MachineCheck): void {
  for (const group of branchGroups(check.branches)) {
    const before: Condition[] = []
    for (const branch of group) {
      const condition = guardOf(branch)
      // A guard that is no expression has been reported, and what follows it cannot be judged.
      if (condition === undefined) break
      const fault =
        branch.declared.guard === undefined ? undefined : faultOf(check, { branch, condition, before })
      if (fault !== undefined)
        check.linkage.problems.warning({
          at: inside(branch.at, 'guard', 'params', 'expression'),
          ...fault,
        })
      before.push(condition)
    }
  }
}

const guards = new WeakMap<Branch, { readonly condition: Condition | undefined }>()

/** The condition under which a branch is taken when its turn comes; undefined for a guard that is no expression. */
export function guardOf(branch: Branch): Condition | undefined {
  let known = guards.get(branch)
  if (known === undefined) {
    const { guard } = branch.declared
    const condition: Condition | undefined =
      guard === undefined ? { kind: 'constant', holds: true } : conditionOf(guard.params.expression)
    known = { condition }
    guards.set(branch, known)
  }
  return known.condition
}

export function negated(part: Condition): Condition {
  return { kind: 'not', part }
}

function faultOf(
  check: MachineCheck,
  { branch, condition, before }: { branch: Branch; condition: Condition; before: readonly Condition[] },
): { code: string; message: string; remedy: string } | undefined {
  const domainOf = certainDomains(check, branch)
  if (!canHold(condition, domainOf))
    return {
      code: 'guard_never_holds',
      message: 'This guard can never hold: it contradicts itself, or the values that there can be.',
      remedy: 'Correct the condition, or remove the branch.',
    }
  if (!canHold(negated(condition), domainOf))
    return {
      code: 'guard_always_holds',
      message: 'This guard always holds.',
      remedy: 'Correct the condition, or remove the guard.',
    }
  const rest: Condition = { kind: 'all', parts: [condition, ...before.map(negated)] }
  // What follows a branch without a guard is reported as an error of its own.
  if (canHold(rest, domainOf) || !canHold({ kind: 'all', parts: before.map(negated) }, domainOf))
    return undefined
  return {
    code: 'never_taken',
    message: 'This branch is never taken: whenever its guard holds, that of a branch before it does.',
    remedy: 'Put the narrower condition first, or remove the branch.',
  }
}
