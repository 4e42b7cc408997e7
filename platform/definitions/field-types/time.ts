import { accept, refuse, type FieldType } from './field-type.ts'
import { describeJson } from './text-check.ts'

const comparisons = ['equals', 'not_equals', 'less', 'greater', 'between', 'blank', 'not_blank'] as const

export const date: FieldType = {
  name: 'date',
  description: 'A calendar day without a time: 2026-11-22.',
  options: {},
  storage: 'stored',
  columns: () => [{ suffix: '', type: 'date' }],
  expressionType: () => ({ kind: 'date' }),
  check: (value) =>
    typeof value === 'string' && isCalendarDay(value)
      ? accept(value)
      : refuse('date', `expected a day such as 2026-11-22, got ${describeJson(value)}`),
  indexBytes: () => 4,
  operators: comparisons,
  valueSchema: () => ({ type: 'string', format: 'date' }),
}

export const datetime: FieldType = {
  name: 'datetime',
  description: 'A moment, to the millisecond, kept in UTC: 2026-11-22T08:30:00.000Z.',
  options: {},
  storage: 'stored',
  columns: () => [{ suffix: '', type: 'timestamptz(3)' }],
  expressionType: () => ({ kind: 'datetime' }),
  check(value) {
    const match = typeof value === 'string' ? momentPattern.exec(value) : null
    const moment = match && isCalendarDay(match[1] as string) ? new Date(value as string) : undefined
    return moment !== undefined && !Number.isNaN(moment.getTime())
      ? accept(moment.toISOString())
      : refuse('datetime', `expected a moment such as 2026-11-22T08:30:00Z, got ${describeJson(value)}`)
  },
  indexBytes: () => 8,
  operators: comparisons,
  valueSchema: () => ({ type: 'string', format: 'date-time' }),
}

const momentPattern = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2})$/

function isCalendarDay(text: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  if (match === null || match[1] === '0000') return false
  const parsed = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(text)
}
