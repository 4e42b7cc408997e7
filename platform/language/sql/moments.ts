import type { Moment } from '../types.ts'
import { formatDate, formatDatetime } from '../values/date.ts'
import { todayOf } from '../values/zone.ts'

/**
 * What stands in place of a value that depends on the moment, where SQL text is built once and run at many moments:
 * the binding gets it as the value of a parameter, and `momentValue` gives the real value when the statement runs.
 */
export class MomentSlot {
  readonly of: 'now' | 'today' | 'zone'

  constructor(of: 'now' | 'today' | 'zone') {
    this.of = of
  }
}

const momentSlots = {
  now: new MomentSlot('now'),
  today: new MomentSlot('today'),
  zone: new MomentSlot('zone'),
} as const

/** The value of a parameter at a moment: of a slot what it stands for, of anything else the value itself. */
export function momentValue(value: unknown, moment: Moment): unknown {
  if (!(value instanceof MomentSlot)) return value
  if (value.of === 'now') return formatDatetime(moment.now.getTime())
  return value.of === 'today' ? formatDate(todayOf(moment)) : moment.timeZone
}

/** The placeholders of a moment that is known, or (with 'bound') of one that is filled in later. */
export function momentParams(
  moment: Moment | 'bound',
  param: (value: unknown, pgType: string) => string,
): Record<MomentSlot['of'], () => string> {
  const valueOf = (slot: MomentSlot) => (moment === 'bound' ? slot : momentValue(slot, moment))
  return {
    now: () => param(valueOf(momentSlots.now), 'timestamptz'),
    today: () => param(valueOf(momentSlots.today), 'date'),
    zone: () => param(valueOf(momentSlots.zone), 'text'),
  }
}
