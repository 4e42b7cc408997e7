import { possibleOutcomes, type ApprovalInput } from '../link-approval.ts'
import type { StateNode } from '../state-node.ts'
import type { Branch } from '../transitions.ts'
import { canHold } from './guards/can-hold.ts'
import { guardOf } from './guards/check-guards.ts'
import { intendedDomains } from './guards/domains.ts'
import type { MachineCheck } from './machine-check.ts'

/**
 * Every outcome that an approval can have is taken by a branch; and what is no decision (returned, withdrawn) by one that
 * means it, not by the rest that is there for rejections.
 */
export function checkOutcomes(
  check: MachineCheck,
  { node, id, input }: { node: StateNode; id: string; input: ApprovalInput },
): void {
  const branches = check.branches.filter(
    ({ source, trigger }) => source === node && trigger.type === 'invocation' && trigger.id === id,
  )
  const [last] = branches.slice(-1)
  if (last === undefined) return
  for (const outcome of possibleOutcomes(input)) {
    const taking = branches.filter((branch) => canTake(check, branch, outcome))
    const isMeant = taking.some(({ declared }) => declared.guard !== undefined)
    if (taking.length === 0)
      check.linkage.problems.error({
        at: last.at,
        code: 'unhandled_outcome',
        message: `"${id}" can end as "${outcome}", and no branch takes that.`,
        remedy: `Add a branch with the guard "event.output.outcome == '${outcome}'".`,
      })
    else if (!isMeant && branches.length > 1 && neither.has(outcome))
      check.linkage.problems.warning({
        at: last.at,
        code: 'unhandled_outcome',
        message: `"${id}" can end as "${outcome}", which only the branch without a guard takes, like a rejection.`,
        remedy: `Add a branch with the guard "event.output.outcome == '${outcome}'".`,
      })
  }
}

const neither: ReadonlySet<string> = new Set(['returned', 'withdrawn'])

function canTake(check: MachineCheck, branch: Branch, outcome: string): boolean {
  if (branch.declared.guard === undefined) return true
  const guard = guardOf(branch)
  if (guard === undefined) return true
  const domains = intendedDomains(check, branch)
  return canHold(guard, (term) =>
    term.path?.join('.') === 'event.output.outcome'
      ? { values: [outcome], mayBeBlank: false, mayBeOther: false }
      : domains(term),
  )
}
