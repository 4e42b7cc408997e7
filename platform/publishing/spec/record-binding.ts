import { identifier } from '../../database/identifier.ts'
import type { FieldModel, Model } from '../../definitions/model/model.ts'
import type { SqlBinding } from '../../language/types.ts'
import { literal } from './literal.ts'

/**
 * Finds the columns of `record.…` for SQL that is fixed when a version is published: a formula that has no column
 * is put in place, a path through references becomes a sub-query, values become literals.
 * @param table alias of the row, or '' where columns stand alone (generated columns)
 * @param schema quoted schema of the tables, for paths through references
 */
export function recordBinding({
  model,
  object,
  table,
  schema,
}: {
  model: Model
  object: string
  table: string
  schema: string
}): SqlBinding {
  const binding: SqlBinding = {
    column(path) {
      if (path[0] !== 'record' || path.length < 2)
        throw new Error(`"${path.join('.')}" cannot be read here; only fields of "record" can.`)
      return columnOf({ model, object, table, schema, path: path.slice(1) })
    },
    param: literal,
  }
  return binding
}

interface Reading {
  readonly model: Model
  readonly object: string
  readonly table: string
  readonly schema: string
  readonly path: readonly string[]
}

function columnOf({ model, object, table, schema, path }: Reading): { sql: string; currency?: string } {
  const [name, ...rest] = path
  const field = model.objects.get(object)?.fields.get(name as string)
  if (field === undefined) throw new Error(`Object "${object}" has no field "${name}".`)
  if (rest.length === 0) return fieldSql({ model, object, table, schema, path }, field)
  if (rest.length === 1 && rest[0] === 'id') return ownColumns(field, table)
  const target = field.reference?.to
  if (target === undefined)
    throw new Error(`"${object}.${name}" is not a reference; nothing can be read through it.`)
  const alias = `${table === '' ? '' : table}_${name}`
  const inner = columnOf({ model, object: target, table: alias, schema, path: rest })
  const through = ownColumns(field, table).sql
  const read = (sql: string) =>
    `(select ${sql} from ${schema}.${identifier(target)} as ${identifier(alias)} ` +
    `where ${identifier(alias)}."id" = ${through})`
  return {
    sql: read(inner.sql),
    ...(inner.currency === undefined ? {} : { currency: read(inner.currency) }),
  }
}

function fieldSql(reading: Reading, field: FieldModel): { sql: string; currency?: string } {
  const { formula } = field
  const isStored = formula === undefined || (formula.isGenerated && reading.table !== '')
  if (isStored) return ownColumns(field, reading.table)
  return formula.expression.toSql(recordBinding(reading), 'bound')
}

function ownColumns(field: FieldModel, table: string): { sql: string; currency?: string } {
  const [main, currency] = field.columns
  if (main === undefined) throw new Error(`"${field.object}.${field.name}" has no column to read.`)
  const qualified = (column: string) =>
    table === '' ? identifier(column) : `${identifier(table)}.${identifier(column)}`
  return {
    sql: qualified(main.name),
    ...(currency === undefined ? {} : { currency: qualified(currency.name) }),
  }
}
