import { identifier } from '../../database/identifier.ts'
import type { Model } from '../../definitions/model/model.ts'
import type { SqlBinding } from '../../language/types.ts'
import { literal } from './literal.ts'

/**
 * Finds the columns of `record.…` for SQL that is fixed when a version is published, with literals for values.
 * Generated columns and roll-ups read columns of one table alone; the check of the declarations sees to that.
 * @param alias of the row; none where columns stand alone (generated columns)
 */
export function recordBinding({
  model,
  object,
  alias,
}: {
  model: Model
  object: string
  alias?: string
}): SqlBinding {
  const qualified = (column: string) =>
    alias === undefined ? identifier(column) : `${identifier(alias)}.${identifier(column)}`
  const binding: SqlBinding = {
    column([root, name = '', ...further]) {
      const field = model.objects.get(object)?.fields.get(name)
      const [main, currency] = field?.columns ?? []
      if (root !== 'record' || main === undefined || further.length > 0)
        throw new Error(`"${[root, name, ...further].join('.')}" is not a column of "${object}".`)
      // A generated column cannot read another one: what the other computes stands in its place.
      if (field?.formula !== undefined) {
        const inner = field.formula.expression.toSql(binding, 'bound')
        const as = (sql: string, column = main) => `(${sql})::${column.type}`
        return {
          sql: as(inner.sql),
          ...(currency === undefined ? {} : { currency: as(inner.currency ?? 'null', currency) }),
        }
      }
      return {
        sql: qualified(main.name),
        ...(currency === undefined ? {} : { currency: qualified(currency.name) }),
      }
    },
    param: literal,
  }
  return binding
}
