import { inside } from '../../../model/problem-list.ts'
import { withDescendants } from '../state-node.ts'
import { invocationsOf } from '../transitions.ts'
import { constantOf } from './guards/condition.ts'
import type { MachineCheck } from './machine-check.ts'

/** What can fail for good, and so needs a way on when it does. */
const fallible: ReadonlySet<string> = new Set(['process', 'request', 'wait_for', 'call'])

/** Each invocation has a name of its own and a way on when it is done or has failed; work has somebody to do it. */
export function checkInvocations({ linkage, process }: MachineCheck): void {
  const seen = new Set<string>()
  for (const node of withDescendants(process.root))
    for (const { invocation, at } of invocationsOf(node)) {
      const { id, src, input, onDone, onError } = invocation
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
      if (fallible.has(src) && onError === undefined)
        linkage.problems.error({
          at,
          code: 'no_error_path',
          message: `"${id}" can fail, and nothing follows then.`,
          remedy: 'Add "onError": the state in which people take care of it.',
        })
      if (fallible.has(src) && process.document.run_as === undefined)
        linkage.problems.error({
          at,
          code: 'invocation_without_role',
          message: `When "${id}" comes to its end there may be no person whose rights the process could use.`,
          remedy: 'Add "run_as" with a role to the process.',
        })
      if (!fallible.has(src) && onError !== undefined)
        linkage.problems.error({
          at: inside(at, 'onError'),
          code: 'never_fails',
          message: `"${id}" is work of people, which does not fail: its "onError" never takes effect.`,
          remedy: 'Remove "onError"; a rejection comes as `event.output.outcome` to "onDone".',
        })
      const isShared = [input.candidate_role, input.queue, input.levels].some((each) => each !== undefined)
      if (input.queue !== undefined)
        for (const other of ['assignee', 'candidate_role'] as const)
          if (input[other] !== undefined)
            linkage.problems.error({
              at: inside(at, 'input', other),
              code: 'beside_queue',
              message: `"${id}" waits in a queue, whose members get it; "${other}" would do nothing.`,
              remedy: `Remove "${other}", or "queue".`,
            })
      if (isWork(src) && !isShared && isNobody(input.assignee))
        linkage.problems.error({
          at: inside(at, 'input', ...(input.assignee === undefined ? [] : ['assignee'])),
          code: 'nobody_to_do_it',
          message:
            input.assignee === undefined
              ? `Nobody can do "${id}": it has neither an assignee nor a candidate role nor a queue.`
              : `Nobody can do "${id}": its assignee is always blank, and it has no candidate role.`,
          remedy: 'Add "assignee", "candidate_role" or "queue".',
        })
    }
}

function isWork(src: string): boolean {
  return src === 'task' || src === 'approval'
}

/** Whether an assignee is missing, or an expression that is blank whatever the record says. */
function isNobody(assignee: unknown): boolean {
  return assignee === undefined || constantOf(String(assignee)) === null
}
