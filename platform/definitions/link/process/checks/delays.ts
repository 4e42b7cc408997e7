import { parseDelay } from '../../../../calendars/delay.ts'
import { inside, type Address } from '../../../model/problem-list.ts'
import { suggest } from '../../../nearest.ts'
import type { Linkage } from '../../linkage.ts'
import { withDescendants } from '../state-node.ts'
import { invocationsOf } from '../transitions.ts'
import type { MachineCheck } from './machine-check.ts'

/** Delays and due times in a calendar name one that there is. */
export function checkDelays({ linkage, process, branches }: MachineCheck): void {
  for (const { trigger, at, position } of branches)
    if (trigger.type === 'after' && position === 0) checkCalendar(linkage, trigger.delay, at)
  for (const node of withDescendants(process.root))
    for (const { invocation, at } of invocationsOf(node))
      if (typeof invocation.input.due === 'string')
        checkCalendar(linkage, invocation.input.due, inside(at, 'input', 'due'))
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
