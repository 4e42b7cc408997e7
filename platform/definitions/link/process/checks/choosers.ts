import { inside, type Address } from '../../../model/problem-list.ts'
import { suggest } from '../../../nearest.ts'
import type { ApprovalInput } from '../link-approval.ts'
import { resolveTarget } from '../targets.ts'
import { ancestorsOf, isWithin, type StateNode } from '../state-node.ts'
import type { Branch } from '../transitions.ts'
import type { MachineCheck } from './machine-check.ts'

/** Approvers whom the requester chooses: an event leads to the approval, and each that does has the field in its form. */
export function checkChoosers(
  check: MachineCheck,
  { node, input, at }: { node: StateNode; input: ApprovalInput; at: Address },
): void {
  const chosen = [
    ...Object.entries(input.levels ?? {}).flatMap(([level, { approvers }]) =>
      Object.entries(approvers).map(([name, { chosen: field }]) => ({
        field,
        place: inside(at, 'levels', level, 'approvers', name, 'chosen'),
      })),
    ),
    ...Object.entries(input.copies ?? {}).map(([name, { chosen: field }]) => ({
      field,
      place: inside(at, 'copies', name, 'chosen'),
    })),
  ]
  if (chosen.every(({ field }) => field === undefined)) return
  const events = new Set(
    check.branches.flatMap((branch) =>
      branch.trigger.type === 'event' && leadsTo(branch, node) ? [branch.trigger.event] : [],
    ),
  )
  for (const { field, place } of chosen) if (field !== undefined) checkField(check, { events, field, place })
}

/** Whether a branch can enter the state: it names it, or a state around it whose first states lead there. */
function leadsTo({ source, declared }: Branch, node: StateNode): boolean {
  const target = declared.target === undefined ? undefined : resolveTarget(source, declared.target)
  if (target === undefined) return false
  return isWithin(target, node) || [...ancestorsOf(node)].includes(target)
}

function checkField(
  { linkage, process }: MachineCheck,
  { events, field, place }: { events: ReadonlySet<string>; field: string; place: Address },
): void {
  if (events.size === 0)
    linkage.problems.error({
      at: place,
      code: 'no_choice',
      message: 'No event leads here, so nobody could choose.',
      remedy: 'Let an event with the field in its form lead to the approval.',
    })
  for (const name of events) {
    const form = process.events.get(name)?.form
    const declared = form?.get(field)
    if (form === undefined || declared?.reference?.to === 'user') continue
    const people = [...form.values()].filter(({ reference }) => reference?.to === 'user')
    linkage.problems.error({
      at: place,
      code: 'no_choice',
      message:
        declared === undefined
          ? `The form of "${name}", which leads here, has no field "${field}".`
          : `The field "${field}" of "${name}" does not hold people.`,
      remedy: suggest(
        field,
        people.map((each) => each.name),
        'Fields of people in that form',
      ),
    })
  }
}
