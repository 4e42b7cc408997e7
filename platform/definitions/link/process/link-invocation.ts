import type { Expression, ExprType } from '../../../language/types.ts'
import type { WaitModel } from '../../model/model.ts'
import { inside, type Address } from '../../model/problem-list.ts'
import { suggest } from '../../nearest.ts'
import { compileCondition } from '../compile.ts'
import type { Linkage } from '../linkage.ts'
import { checkTarget } from '../queue/checks.ts'
import { checkRole } from '../roles.ts'
import { recordOf, userType } from '../scope.ts'
import { linkCall, linkRecord } from './link-actions.ts'
import { linkApproval, type ApprovalInput } from './link-approval.ts'
import { linkOverdue } from './link-overdue.ts'
import { linkRequest } from './link-outgoing.ts'
import { linkExpression, linkValues } from './link-values.ts'
import { withEvent, type MachineLink } from './step-scope.ts'
import type { DeclaredInvocation } from './transitions.ts'

type Input = Record<string, unknown>
type Values = Readonly<Record<string, string>>

interface Site {
  readonly id: string
  readonly input: Readonly<Input>
  readonly at: Address
}

/** The input of an invocation with the numbers of its expressions in place of these. */
export function linkInput(link: MachineLink, { id, src, input }: DeclaredInvocation, at: Address): Input {
  return (linkers[src] ?? linkWork)(link, { id, input, at })
}

const linkers: Readonly<Record<string, (link: MachineLink, site: Site) => Input>> = {
  process: linkProcessInput,
  wait_for: linkWait,
  request: (link, { input, at }) => ({
    ...input,
    ...linkRequest(link, { params: input, at, variables: withEvent(link) }),
  }),
  call: (link, { input, at }) => ({
    ...input,
    ...linkCall(link, { params: input, at, variables: withEvent(link) }),
  }),
}

/** Tasks and approvals; their forms are linked by themselves. */
function linkWork(link: MachineLink, { id, input: { form: _form, ...input }, at }: Site): Input {
  if (typeof input.candidate_role === 'string')
    checkRole(link.linkage, input.candidate_role, inside(at, 'candidate_role'))
  if (typeof input.queue === 'string')
    checkTarget(link.linkage, { name: input.queue, from: link.process, at: inside(at, 'queue') })
  const approval = linkApproval(link, input as unknown as ApprovalInput, at)
  if (approval !== undefined) {
    link.approvals.set(id, approval)
    return { title: input.title, ...(input.due === undefined ? {} : { due: input.due }) }
  }
  const expression = (key: 'assignee' | 'priority', to: ExprType) =>
    typeof input[key] === 'string'
      ? {
          [key]: linkExpression(link, {
            at: inside(at, key),
            text: input[key],
            variables: withEvent(link),
            to,
          }),
        }
      : {}
  return {
    ...input,
    ...expression('assignee', userType),
    ...expression('priority', { kind: 'decimal' }),
    ...(input.overdue === undefined ? {} : { overdue: linkOverdue(link, { input, at }) }),
  }
}

function linkProcessInput(link: MachineLink, { input, at }: Site): Input {
  const { linkage, process: own } = link
  const name = input.process as string
  const process = linkage.processes.get(name)
  const fault = (key: string, code: string, message: string, remedy: string) => {
    linkage.problems.error({ at: inside(at, key), code, message, remedy })
    return { process: name }
  }
  if (process === undefined)
    return fault(
      'process',
      'unknown_process',
      `There is no process "${name}".`,
      suggest(name, linkage.processes.keys(), 'Known processes'),
    )
  if (process.stateField !== undefined) {
    if (input.context !== undefined)
      fault(
        'context',
        'waited_for',
        `"${name}" governs its records and has begun with them; it takes no "context".`,
        'Remove "context".',
      )
    if (input.target === undefined)
      return fault(
        'process',
        'no_target',
        `"${name}" governs "${process.object}", and it is not said which record is waited for.`,
        `Add "target": an expression for a record of "${process.object}", or invoke a process without "state_field".`,
      )
    const target = linkRecord(link, { params: input, at, variables: withEvent(link) })
    if (target.object !== undefined && target.object !== process.object)
      fault(
        'target',
        'expression_type',
        `"${name}" governs "${process.object}", but the target is a record of "${target.object}".`,
        `Name a reference to "${process.object}".`,
      )
    return { process: name, target: target.number }
  }
  if (input.target !== undefined)
    return fault(
      'target',
      'part_of_own_record',
      `"${name}" is a part of other processes: it begins for their own record.`,
      'Remove "target".',
    )
  if (process.object !== own.object)
    return fault(
      'process',
      'part_of_other',
      `"${name}" is about "${process.object}", and this process about "${own.object}".`,
      `Name a process about "${own.object}".`,
    )
  const known = Object.keys(process.context)
  return {
    process: name,
    context: linkValues(link, {
      values: (input.context ?? {}) as Values,
      target: {
        what: `The context of "${name}"`,
        types: new Map(known.map((key) => [key, { kind: 'dyn' }])),
      },
      at: inside(at, 'context'),
      variables: withEvent(link),
    }),
  }
}

/** The condition sees another record than the process: it is kept apart from its expressions. */
function linkWait(link: MachineLink, { id, input, at }: Site): Input {
  const target =
    input.target === undefined
      ? { number: undefined, object: link.process.object }
      : linkRecord(link, { params: input, at, variables: withEvent(link) })
  if (target.object === undefined) return {}
  const until = linkUntil(link.linkage, { object: target.object, text: input.until as string, at })
  if (until !== undefined) link.waits.set(id, { object: target.object, until })
  return target.number === undefined ? {} : { target: target.number }
}

function linkUntil(
  linkage: Linkage,
  { object, text, at }: { object: string; text: string; at: Address },
): WaitModel['until'] | undefined {
  const place = inside(at, 'until')
  const until: Expression | undefined = compileCondition(linkage, {
    at: place,
    text,
    variables: { record: recordOf(object) },
  })
  if (until?.usesMoment === true)
    linkage.problems.error({
      at: place,
      code: 'wait_for_time',
      message: 'The condition changes with time alone, when nobody writes the record and so nobody looks.',
      remedy: 'Wait with "after" and a moment of "delays".',
    })
  return until
}
