import type { ExprNode } from '../tree.ts'
import { limits } from '../limits.ts'
import type { Moment, SqlBinding } from '../types.ts'
import { emitSql } from './emit.ts'
import { obstruct, SqlObstacle } from './emitting.ts'
import type { Sql } from './fragment.ts'
import { createTokens } from './tokens.ts'
import { strict } from './shapes.ts'

/** The SQL of a whole expression as others use it: booleans never null, ints as int8, durations as interval. */
export function sqlOfResult(
  node: ExprNode,
  binding: SqlBinding,
  moment: Moment | 'bound',
): { readonly sql: string; readonly currency?: string } {
  const value = sqlOfNode(node, binding, moment)
  switch (node.type.kind) {
    case 'bool':
      return { sql: value.isLoose ? strict(value).sql : `coalesce(${value.sql}, false)` }
    case 'int':
      return { sql: value.isInteger ? value.sql : `(${value.sql})::int8` }
    case 'money':
      return { sql: value.sql, currency: value.currency }
    case 'duration':
      return { sql: intervalOf(value) }
    default:
      return { sql: value.sql }
  }
}

/** The SQL of a condition for WHERE, where null counts as false, so that indexes can serve it. */
export function sqlOfPredicate(
  node: ExprNode,
  binding: SqlBinding,
  moment: Moment | 'bound',
): { readonly sql: string } {
  return { sql: sqlOfNode(node, binding, moment).sql }
}

/** Why an expression has no SQL; undefined where it has. */
export function sqlObstacleOf(node: ExprNode): { message: string; position: number } | undefined {
  try {
    sqlOfResult(node, probe, 'bound')
    return undefined
  } catch (error) {
    if (!(error instanceof SqlObstacle)) throw error
    return { message: error.message, position: error.position }
  }
}

const probe: SqlBinding = {
  column: () => ({ sql: '"t0"."column_name"', currency: '"t0"."column_name_currency"' }),
  param: (_, pgType) => `$1::${pgType}`,
}

function sqlOfNode(node: ExprNode, binding: SqlBinding, moment: Moment | 'bound'): Sql {
  const tokens = createTokens(binding)
  const value = emitSql(node, tokens, moment)
  const resolve = (part: string | undefined) => part && sized(tokens.resolve(sized(part, node)), node)
  return {
    ...value,
    sql: resolve(value.sql)!,
    currency: resolve(value.currency),
    months: resolve(value.months),
  }
}

function sized(sql: string, node: ExprNode): string {
  if (sql.length > limits.sqlLength)
    obstruct('the SQL of this expression would be too long; split it up', node)
  return sql
}

function intervalOf({ sql, months }: Sql): string {
  const rest = `days => div(${sql}, 86400000)::int, secs => (mod(${sql}, 86400000) * 0.001)::float8`
  return `make_interval(months => (${months})::int, ${rest})`
}
