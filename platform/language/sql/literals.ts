import type { ExprType } from '../types.ts'
import { formatDate, formatDatetime } from '../values/date.ts'
import { formatDecimal } from '../values/decimal.ts'
import type { Duration } from '../values/duration.ts'
import type { Money } from '../values/money.ts'
import type { Sql } from './fragment.ts'
import { pgTypeOf } from './shapes.ts'

type Param = (value: unknown, pgType: string) => string

/** The SQL of a constant: always a bound value, save for true, false and blanks. Undefined where it has none. */
export function literalSql(value: unknown, type: ExprType, param: Param): Sql | undefined {
  if (value === null) return blankSql(type)
  switch (type.kind) {
    case 'bool':
      return { sql: value === true ? 'true' : 'false' }
    case 'int':
      return { sql: param(String(value), 'int8'), isInteger: true }
    case 'decimal':
      return { sql: param(formatDecimal(value as bigint), 'numeric') }
    case 'string':
      return { sql: param(value, 'text') }
    case 'date':
      return { sql: param(formatDate(value as number), 'date') }
    case 'datetime':
      return { sql: param(formatDatetime(value as number), 'timestamptz') }
    case 'money': {
      const { amount, currency } = value as Money
      return { sql: param(formatDecimal(amount), 'numeric'), currency: param(currency, 'text') }
    }
    case 'duration': {
      const { months, milliseconds } = value as Duration
      return {
        sql: param(String(milliseconds), 'numeric'),
        months: months === 0 ? '0' : param(String(months), 'numeric'),
      }
    }
    default:
      return undefined
  }
}

function blankSql(type: ExprType): Sql | undefined {
  if (type.kind === 'money') return { sql: 'NULL::numeric', currency: 'NULL::text' }
  if (type.kind === 'duration') return { sql: 'NULL::numeric', months: 'NULL::numeric' }
  if (type.kind === 'list') {
    const element = pgTypeOf(type.of)
    return element === undefined ? undefined : { sql: `NULL::${element}[]` }
  }
  const pgType = pgTypeOf(type)
  return pgType === undefined ? undefined : { sql: `NULL::${pgType}` }
}
