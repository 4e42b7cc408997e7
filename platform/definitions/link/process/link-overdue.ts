import { inside, type Address } from '../../model/problem-list.ts'
import { parseDelay } from '../../../calendars/delay.ts'
import { suggest } from '../../nearest.ts'
import { inOrder } from '../order.ts'
import { userType } from '../scope.ts'
import { linkRaise } from './link-actions.ts'
import { linkExpression } from './link-values.ts'
import type { MachineLink } from './step-scope.ts'

interface DeclaredStep {
  readonly order?: number
  readonly after: string
  readonly do: { readonly type: string; readonly params: Readonly<Record<string, unknown>> }
}

/** What is done about late work, in order, with the numbers of its expressions in place of these. */
export function linkOverdue(
  link: MachineLink,
  { input, at }: { input: Readonly<Record<string, unknown>>; at: Address },
): readonly unknown[] {
  const place = inside(at, 'overdue')
  if (input.due === undefined)
    link.linkage.problems.error({
      at: place,
      code: 'overdue_without_due',
      message: 'The work is due at no time, so it is never late.',
      remedy: 'Add "due", or remove "overdue".',
    })
  return inOrder(input.overdue as Readonly<Record<string, DeclaredStep>>).map(([name, step]) => {
    checkCalendar(link, step.after, inside(place, name, 'after'))
    return {
      name,
      after: step.after,
      type: step.do.type,
      params: linkStep(link, step.do, inside(place, name, 'do')),
    }
  })
}

function linkStep(link: MachineLink, { type, params }: DeclaredStep['do'], at: Address): unknown {
  const variables = link.common
  if (type === 'notify') {
    const expression = (key: 'to' | 'text') =>
      params[key] === undefined
        ? {}
        : {
            [key]: linkExpression(link, {
              at: inside(at, 'params', key),
              text: params[key] as string,
              variables,
              to: key === 'to' ? userType : { kind: 'string' },
            }),
          }
    return { ...expression('to'), ...expression('text') }
  }
  if (type !== 'raise_event') return params
  if (link.process.document.run_as === undefined)
    link.linkage.problems.error({
      at,
      code: 'timer_without_role',
      message: 'When work is late there is no person whose rights the process could use.',
      remedy: 'Add "run_as" with a role to the process.',
    })
  return { ...params, ...linkRaise(link, { params, at: inside(at, 'params'), variables }) }
}

function checkCalendar({ linkage }: MachineLink, after: string, at: Address): void {
  const { calendar } = parseDelay(after)
  const known = linkage.documents.calendar
  if (calendar === undefined || Object.hasOwn(known, calendar)) return
  linkage.problems.error({
    at,
    code: 'unknown_calendar',
    message: `There is no calendar "${calendar}".`,
    remedy: suggest(calendar, Object.keys(known), 'Known calendars'),
  })
}
