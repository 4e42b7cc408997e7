import type { ASTNode } from '@marcbachmann/cel-js'
import { describeType, expressionTypes as t } from '../expression-types.ts'
import { overload } from '../functions/define.ts'
import { recordText } from '../functions/conversion.ts'
import type { ExprNode } from '../tree.ts'
import type { ExprType } from '../types.ts'
import { type Checking, placeOf, refuse } from './checking.ts'
import { coerce } from './coerce.ts'
import { pairUp } from './comparisons.ts'

/** `element in list`, or `key in map`. */
export function checkMembership(ast: ASTNode & { op: 'in' }, checking: Checking): ExprNode {
  const place = placeOf(ast)
  const element = checking.check(ast.args[0])
  const list = checking.check(ast.args[1])
  if (list.type.kind === 'map') {
    return { kind: 'in', type: t.bool, element: coerce(element, t.string), list, ...place }
  }
  if (list.type.kind === 'dyn' || list.type.kind === 'null') {
    return {
      kind: 'in',
      type: t.bool,
      element: coerce(element, t.dyn),
      list: coerce(list, t.list(t.dyn)),
      ...place,
    }
  }
  if (list.type.kind !== 'list') {
    const remedy = list.type.kind === 'string' ? 'For a part of a text write contains().' : undefined
    return refuse(checking, place, `'in' needs a list, but this is ${describeType(list.type)}`, remedy)
  }
  const typed = pairWithList(element, list, list.type.of)
  if (!typed) {
    const message = `A ${describeType(list.type)} holds no ${describeType(element.type)}`
    return refuse(checking, place, message, 'Give the list elements of the same type.')
  }
  return { kind: 'in', type: t.bool, ...typed, ...place }
}

function pairWithList(
  element: ExprNode,
  list: ExprNode,
  of: ExprType,
): { element: ExprNode; list: ExprNode } | undefined {
  if (element.type.kind === 'record' && of.kind === 'string') return { element: idText(element), list }
  if (element.type.kind === 'money' || of.kind === 'money') {
    return element.type.kind === of.kind ? { element, list } : undefined
  }
  const sample: ExprNode = { kind: 'local', slot: -1, type: of, position: 0, length: 0 }
  const pair = pairUp(element, sample)
  if (!pair) return undefined
  if (of.kind === 'record') return { element: pair[0], list }
  const type = pair[1].type
  return { element: coerce(element, type), list: coerce(list, t.list(type)) }
}

function idText(record: ExprNode): ExprNode {
  const way = overload([[record.type], t.string], recordText.run, recordText.sql)
  const { position, length } = record
  return { kind: 'call', name: 'string', type: t.string, overload: way, args: [record], position, length }
}
