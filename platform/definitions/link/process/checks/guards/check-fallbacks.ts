import { ancestorsOf, nameOf } from '../../state-node.ts'
import type { Branch } from '../../transitions.ts'
import { branchGroups } from '../branch-groups.ts'
import type { MachineCheck } from '../machine-check.ts'
import { canHold } from './can-hold.ts'
import { guardOf, negated } from './check-guards.ts'
import type { Condition } from './condition.ts'
import { intendedDomains } from './domains.ts'

/**
 * Triggers whose every branch has a guard, so that nothing may follow. One guard on an event is a condition of sending
 * it, and says so to the sender; two that leave a gap, work whose result leads nowhere, a done part or a timer that
 * nothing follows are most likely forgotten.
 */
export function checkFallbacks(check: MachineCheck): void {
  for (const group of branchGroups(check.branches)) {
    const last = group.at(-1) as Branch
    const gap = gapOf(check, group)
    if (gap === undefined || !hasGap(check, group)) continue
    check.linkage.problems.warning({
      at: last.at,
      code: 'missing_fallback',
      message: `When no guard holds, ${gap}.`,
      remedy: 'Add a last branch without a guard.',
    })
  }
}

/** What happens where no guard of the branches holds; undefined where that is no matter. */
function gapOf({ branches }: MachineCheck, [first, ...others]: readonly [Branch, ...Branch[]]) {
  const { source, trigger } = first
  const around = [source, ...ancestorsOf(source)]
  const isElsewhere = (other: Branch) =>
    around.includes(other.source) && other !== first && !others.includes(other)
  switch (trigger.type) {
    case 'event': {
      const isHandledAround = branches.some(
        (other) =>
          isElsewhere(other) && other.trigger.type === 'event' && other.trigger.event === trigger.event,
      )
      return others.length === 0 || isHandledAround ? undefined : `the event "${trigger.event}" is refused`
    }
    case 'invocation':
      return `the result of "${trigger.id}" leads nowhere`
    case 'failure':
      return `the failure of "${trigger.id}" leads nowhere`
    case 'done':
      return waysOn(branches, isElsewhere) ? undefined : `nothing follows when "${nameOf(source)}" is done`
    case 'after':
      return waysOn(branches, isElsewhere) || !leadsAway(first, others)
        ? undefined
        : `nothing leads out of "${nameOf(source)}" any more`
    case 'always':
      return undefined
  }
}

function waysOn(branches: readonly Branch[], isElsewhere: (branch: Branch) => boolean): boolean {
  return branches.some((branch) => isElsewhere(branch) && branch.declared.target !== undefined)
}

function leadsAway(...groups: [Branch, readonly Branch[]]): boolean {
  return groups.flat().some(({ declared }) => declared.target !== undefined)
}

function hasGap(check: MachineCheck, group: readonly [Branch, ...Branch[]]): boolean {
  if (group.some(({ declared }) => declared.guard === undefined)) return false
  const conditions = group.map(guardOf)
  if (conditions.some((condition) => condition === undefined)) return false
  return canHold(
    { kind: 'all', parts: (conditions as Condition[]).map(negated) },
    intendedDomains(check, group[0]),
  )
}
