import { parseDelay } from '../../../../calendars/delay.ts'
import { inside, type Address } from '../../../model/problem-list.ts'
import { suggest } from '../../../nearest.ts'
import type { Linkage } from '../../linkage.ts'
import type { ApprovalInput } from '../link-approval.ts'
import { withDescendants } from '../state-node.ts'
import { invocationsOf } from '../transitions.ts'
import type { MachineCheck } from './machine-check.ts'

/** Delays and due times name calendars and moments that there are, and no moment is declared for nothing. */
export function checkDelays(check: MachineCheck): void {
  const { linkage, process, branches } = check
  const used = new Set<string>()
  for (const { trigger, at, position } of branches)
    if (trigger.type === 'after' && position === 0) {
      used.add(trigger.delay)
      if (isDuration(trigger.delay)) checkCalendar(linkage, trigger.delay, at)
      else checkMoment(check, trigger.delay, at)
    }
  for (const name of momentsOf(process))
    if (!used.has(name))
      linkage.problems.warning({
        at: { ...inside(process.at, 'delays', name), isKey: true },
        code: 'unused_delay',
        message: `No state waits for "${name}".`,
        remedy: `Name it in "after", or remove it.`,
      })
  for (const node of withDescendants(process.root))
    for (const { invocation, at } of invocationsOf(node))
      for (const { delay, place } of delaysOf(invocation.input, inside(at, 'input')))
        checkCalendar(linkage, delay, place)
}

/** The due time of work, and the deadlines of an approval and its levels. */
function* delaysOf(input: Partial<ApprovalInput>, at: Address): Generator<{ delay: string; place: Address }> {
  if (input.due !== undefined) yield { delay: input.due, place: inside(at, 'due') }
  if (input.deadline !== undefined)
    yield { delay: input.deadline.after, place: inside(at, 'deadline', 'after') }
  for (const [name, { deadline }] of Object.entries(input.levels ?? {}))
    if (deadline !== undefined)
      yield { delay: deadline.after, place: inside(at, 'levels', name, 'deadline', 'after') }
}

/** Durations begin with a capital P, names with a small letter. */
function isDuration(delay: string): boolean {
  return delay.startsWith('P')
}

function momentsOf({ document }: MachineCheck['process']): string[] {
  return Object.keys((document.delays ?? {}) as object)
}

function checkMoment({ linkage, process }: MachineCheck, name: string, at: Address): void {
  const known = momentsOf(process)
  if (known.includes(name)) return
  linkage.problems.error({
    at: { ...at, isKey: true },
    code: 'unknown_delay',
    message: `The process declares no delay "${name}".`,
    remedy:
      known.length === 0
        ? `Add "delays": {"${name}": {"until": ...}} to the process, or write a duration such as P2D.`
        : suggest(name, known, 'Its delays'),
  })
}

function checkCalendar({ documents, problems }: Linkage, delay: string, at: Address): void {
  const { calendar } = parseDelay(delay)
  if (calendar === undefined || calendar in documents.calendar) return
  problems.error({
    at,
    code: 'unknown_calendar',
    message: `There is no calendar "${calendar}".`,
    remedy: suggest(calendar, Object.keys(documents.calendar), 'Known calendars'),
  })
}
