import { expressionTypes as t } from '../expression-types.ts'
import { clampInteger, type Sql } from '../sql/fragment.ts'
import { formatDate, formatDatetime } from '../values/date.ts'
import { decimalOne, formatDecimal, parseDecimal } from '../values/decimal.ts'
import { type Duration, formatDuration } from '../values/duration.ts'
import { type Integer, narrow, parseInteger } from '../values/integer.ts'
import { idOf } from '../values/readers.ts'
import { type LanguageFunction, overload } from './define.ts'

/** Functions that turn a value into another type. */
export const conversionFunctions: readonly LanguageFunction[] = [
  {
    name: 'string',
    description: 'The text of a value, as the API writes it.',
    overloads: [
      overload(
        [[t.string], t.string],
        (value: string) => value,
        ([value]) => value!,
      ),
      overload(
        [[t.int], t.string],
        (value: Integer) => String(value),
        ([value]) => ({ sql: `(${value!.sql})::text` }),
      ),
      overload([[t.decimal], t.string], formatDecimal, ([value]) => ({
        sql: `trim_scale(${value!.sql})::text`,
      })),
      overload(
        [[t.bool], t.string],
        (value: boolean) => String(value),
        ([value]) => ({ sql: `(${value!.sql})::text` }),
      ),
      overload([[t.date], t.string], formatDate, ([value]) => ({ sql: dateText(value!.sql) })),
      overload([[t.datetime], t.string], formatDatetime, ([value]) => ({
        sql: datetimeText(`(${value!.sql} AT TIME ZONE 'UTC')`),
      })),
      overload(
        [[t.duration], t.string],
        (value: Duration) => formatDuration(value),
        'the text of a duration is not made in SQL',
      ),
    ],
  },
  {
    name: 'int',
    description: 'A whole number from a text of digits, or a decimal cut off at its point.',
    overloads: [
      overload(
        [[t.int], t.int],
        (value: Integer) => value,
        ([value]) => value!,
      ),
      overload(
        [[t.decimal], t.int],
        (value: bigint) => narrow(value / decimalOne),
        ([value]) => clampInteger(`trunc(${value!.sql})`),
      ),
      overload([[t.string], t.int], parseInteger, ([value]) =>
        parsed(value!, '^[+-]?[0-9]{1,19}$', clampInteger),
      ),
    ],
  },
  {
    name: 'decimal',
    description: 'A decimal from a text such as "12.5", or from a whole number.',
    overloads: [
      overload(
        [[t.decimal], t.decimal],
        (value: bigint) => value,
        ([value]) => value!,
      ),
      overload(
        [[t.string], t.decimal],
        (value: string) => (decimalText.test(value) ? parseDecimal(value) : null),
        ([value]) => parsed(value!, '^[+-]?[0-9]{1,38}([.][0-9]{1,20})?$', (sql) => ({ sql })),
      ),
    ],
  },
]

/** The id of a record as text. */
export const recordText = {
  run: (value: unknown) => idOf(value),
  sql: ([value]: readonly Sql[]): Sql => ({ sql: `(${value!.sql})::text` }),
}

const decimalText = /^[+-]?[0-9]{1,38}(?:\.[0-9]{1,20})?$/

function parsed(value: Sql, pattern: string, limit: (sql: string) => Sql): Sql {
  return limit(`CASE WHEN ${value.sql} ~ '${pattern}' COLLATE "C" THEN (${value.sql})::numeric END`)
}

// Made of numbers, because to_char and the cast of a date to text depend on settings of the session
function dateText(value: string): string {
  return `(${padded(value, 'year', 4)} || '-' || ${padded(value, 'month', 2)} || '-' || ${padded(value, 'day', 2)})`
}

function datetimeText(value: string): string {
  const clock = `${padded(value, 'hour', 2)} || ':' || ${padded(value, 'minute', 2)}`
  const seconds = `lpad(trunc(extract(second from ${value}), 3)::text, 6, '0')`
  return `(${dateText(value)} || 'T' || ${clock} || ':' || ${seconds} || 'Z')`
}

function padded(value: string, field: string, length: number): string {
  return `lpad(extract(${field} from ${value})::text, ${length}, '0')`
}
