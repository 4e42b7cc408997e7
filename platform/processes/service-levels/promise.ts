import { parseAmount, type WorkingAmount } from '../../calendars/amount.ts'
import type { Calendar } from '../../calendars/calendar.ts'
import { timeOfDay } from '../../calendars/time-of-day.ts'
import type { Until } from '../../calendars/working-days.ts'
import type {
  Again,
  EscalationDeclaration,
  PromiseDeclaration,
  TargetDeclaration,
  WarningDeclaration,
} from '../../definitions/model/service-level.ts'

/** How much time there is: an amount of working time, or until the closing or a time of the last of some days. */
export type Target =
  | { readonly kind: 'amount'; readonly amount: WorkingAmount }
  | { readonly kind: 'days'; readonly days: number; readonly until: Until }

/** When something is due: at a share of the time, or so much working time before or after the breach. */
export type Moment =
  | { readonly kind: 'share'; readonly percent: number }
  | { readonly kind: 'before' | 'after'; readonly amount: WorkingAmount }

/** A warning or an escalation; the name is `warnings/half` or `escalations/head_of_service`. */
export interface Alert {
  readonly name: string
  readonly isWarning: boolean
  readonly moment: Moment
}

/** A promise ready for arithmetic. */
export interface ServicePromise {
  readonly calendar: Calendar
  readonly target: Target
  readonly again: Again
  readonly alerts: readonly Alert[]
}

/**
 * The promise of a declaration in a calendar.
 *
 * @param options.target the target that applies, where one of `targets` replaces the declaration's own
 * @throws RangeError where an amount is not one; the schema refuses those
 */
export function servicePromise(
  declaration: PromiseDeclaration,
  { calendar, target = declaration.target }: { calendar: Calendar; target?: TargetDeclaration },
): ServicePromise {
  const { again = 'never', warnings = {}, escalations = {} } = declaration
  return {
    calendar,
    target: targetOf(target),
    again,
    alerts: [
      ...Object.entries(warnings).map(([name, warning]) => ({
        name: `warnings/${name}`,
        isWarning: true,
        moment: momentOf(warning),
      })),
      ...Object.entries(escalations).map(([name, escalation]) => ({
        name: `escalations/${name}`,
        isWarning: false,
        moment: momentOf(escalation),
      })),
    ],
  }
}

function targetOf(target: TargetDeclaration): Target {
  if (typeof target === 'string') return { kind: 'amount', amount: parseAmount(target) }
  const { working_days: days, until } = target
  return { kind: 'days', days, until: until === 'closing' ? until : timeOfDay(until) }
}

function momentOf(moment: WarningDeclaration | EscalationDeclaration): Moment {
  if (moment.type === 'breach') return { kind: 'share', percent: 100 }
  if (moment.type === 'share') return { kind: 'share', percent: moment.percent }
  return { kind: moment.type, amount: parseAmount(moment.amount) }
}
