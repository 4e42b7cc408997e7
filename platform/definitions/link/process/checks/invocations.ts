import { inside } from '../../../model/problem-list.ts'
import { withDescendants } from '../state-node.ts'
import { invocationsOf } from '../transitions.ts'
import { constantOf } from './guards/condition.ts'
import type { MachineCheck } from './machine-check.ts'

/** Work has somebody to do it, a way on when it is done, and a name of its own. */
export function checkInvocations({ linkage, process }: MachineCheck): void {
  const seen = new Set<string>()
  for (const node of withDescendants(process.root))
    for (const { invocation, at } of invocationsOf(node)) {
      const { id, input, onDone } = invocation
      if (seen.has(id))
        linkage.problems.error({
          at: inside(at, 'id'),
          code: 'duplicate_id',
          message: `The invocation id "${id}" is used twice.`,
          remedy: 'Give one of them another id.',
        })
      seen.add(id)
      if (onDone === undefined)
        linkage.problems.error({
          at,
          code: 'no_way_on',
          message: `Nothing follows when "${id}" is done.`,
          remedy: 'Add "onDone".',
        })
      if (input.candidate_role === undefined && isNobody(input.assignee))
        linkage.problems.error({
          at: inside(at, 'input', ...(input.assignee === undefined ? [] : ['assignee'])),
          code: 'nobody_to_do_it',
          message:
            input.assignee === undefined
              ? `Nobody can do "${id}": it has neither an assignee nor a candidate role.`
              : `Nobody can do "${id}": its assignee is always blank, and it has no candidate role.`,
          remedy: 'Add "assignee" or "candidate_role".',
        })
    }
}

/** Whether an assignee is missing, or an expression that is blank whatever the record says. */
function isNobody(assignee: unknown): boolean {
  return assignee === undefined || constantOf(String(assignee)) === null
}
