import type { ExprType } from '../types.ts'
import { numeric, type Sql } from './fragment.ts'

const pgTypes: Readonly<Partial<Record<ExprType['kind'], string>>> = {
  bool: 'boolean',
  int: 'numeric',
  decimal: 'numeric',
  string: 'text',
  date: 'date',
  datetime: 'timestamptz',
  record: 'uuid',
  null: 'text',
}

/** The PostgreSQL type of a value that is one expression in SQL; undefined for money, durations, lists and so on. */
export function pgTypeOf({ kind }: ExprType): string | undefined {
  return pgTypes[kind]
}

/** A boolean in which false is false, for places that tell false from blank. */
export function strict(value: Sql): Sql {
  return value.isLoose ? { sql: `coalesce(${value.sql}, false)` } : value
}

/** Values that stand at one place (branches, elements), in one PostgreSQL type. */
export function uniform(values: readonly Sql[], type: ExprType): Sql[] {
  if (type.kind === 'bool') return values.map(strict)
  if (type.kind !== 'int' || values.every(({ isInteger }) => isInteger)) return [...values]
  return values.map((value) => ({ sql: numeric(value) }))
}

/** Whether a value is blank; never null. */
export function isBlankSql(value: Sql, type: ExprType): string {
  if (type.kind === 'list') return `(coalesce(cardinality(${value.sql}), 0) = 0)`
  if (type.kind === 'duration' && value.months !== '0')
    return `(${value.sql} IS NULL OR ${value.months} IS NULL)`
  return `(${strict(value).sql} IS NULL)`
}
