import { isSameType } from '../expression-types.ts'
import type { ExprNode } from '../tree.ts'
import type { ExprType } from '../types.ts'
import { parseDecimal } from '../values/decimal.ts'
import { type Box, boxInner, narrowBox } from '../values/dynamic.ts'

/** The same value as another type that it is assignable to (see isAssignable). */
export function coerce(node: ExprNode, type: ExprType): ExprNode {
  if (isSameType(node.type, type)) return node
  if (node.kind === 'constant') return { ...node, type, value: coerceConstant(node.value, node.type, type) }
  if (node.kind === 'list' && type.kind === 'list') {
    return { ...node, type, elements: node.elements.map((element) => coerce(element, type.of)) }
  }
  if (node.kind === 'conditional') {
    return { ...node, type, then: coerce(node.then, type), otherwise: coerce(node.otherwise, type) }
  }
  return { kind: 'coerce', type, operand: node, position: node.position, length: node.length }
}

function coerceConstant(value: unknown, from: ExprType, to: ExprType): unknown {
  if (value === null) return null
  if (to.kind === 'dyn') return boxInner(from, value)
  if (from.kind === 'dyn') return narrowBox(value as Box, to)
  return from.kind === 'int' && to.kind === 'decimal' ? parseDecimal(value) : value
}
