import { describeType } from '../expression-types.ts'
import type { MacroNode } from '../tree.ts'
import type { ExprType } from '../types.ts'
import { type Emitting, obstruct } from './emitting.ts'
import { type Sql, text } from './fragment.ts'
import { pgTypeOf, uniform } from './shapes.ts'

/** A macro over a list, as a query over its elements. */
export function emitMacro(node: MacroNode, emitting: Emitting): Sql {
  const { macro, list, slot, condition, body } = node
  if (list.type.kind !== 'list') obstruct('a list is needed', list)
  const of = list.type.of
  const pgType = pgTypeOf(of)
  if (pgType === undefined) obstruct(`a list of ${describeType(of)} has no counterpart in SQL`, list)
  const source = emitting.emit(list).sql
  const alias = `e${++emitting.aliases}`
  emitting.locals.set(slot, elementSql(`${alias}.v`, of))
  const holds = condition ? emitting.emit(condition).sql : 'true'
  const from = `FROM unnest(${source}) AS ${alias}(v)`
  switch (macro) {
    case 'exists':
      return { sql: `EXISTS (SELECT 1 ${from} WHERE ${holds})` }
    case 'all':
      return { sql: `(NOT EXISTS (SELECT 1 ${from} WHERE (${holds}) IS NOT TRUE))` }
    case 'exists_one':
      return { sql: `((SELECT count(*) ${from} WHERE ${holds}) = 1)` }
    default: {
      const result = body ? uniform([emitting.emit(body)], body.type)[0]!.sql : `${alias}.v`
      const type = body ? pgTypeOf(body.type) : pgType
      if (type === undefined)
        obstruct(`a list of ${describeType(body!.type)} has no counterpart in SQL`, body!)
      const ordered = `FROM unnest(${source}) WITH ORDINALITY AS ${alias}(v, n)`
      return { sql: `ARRAY(SELECT (${result})::${type} ${ordered} WHERE ${holds} ORDER BY ${alias}.n)` }
    }
  }
}

/** An element of an array, which may hold empty texts and any integer type. */
export function elementSql(sql: string, type: ExprType): Sql {
  if (type.kind === 'string') return text(sql)
  return { sql: type.kind === 'int' ? `(${sql})::numeric` : sql }
}
