import type { ASTNode } from '@marcbachmann/cel-js'
import { commonType, describeType, expressionTypes as t } from '../expression-types.ts'
import type { ExprNode } from '../tree.ts'
import { type Checking, placeOf, refuse } from './checking.ts'
import { coerce } from './coerce.ts'

export function checkLogic(ast: ASTNode & { op: '&&' | '||' }, checking: Checking): ExprNode {
  const operands = flatten(ast, ast.op).map((operand) => asCondition(checking.check(operand), checking))
  return { kind: 'logic', type: t.bool, operator: ast.op === '&&' ? 'and' : 'or', operands, ...placeOf(ast) }
}

export function checkNot(ast: ASTNode & { op: '!_' }, checking: Checking): ExprNode {
  const operand = asCondition(checking.check(ast.args), checking)
  return { kind: 'not', type: t.bool, operand, ...placeOf(ast) }
}

export function checkConditional(ast: ASTNode & { op: '?:' }, checking: Checking): ExprNode {
  const condition = asCondition(checking.check(ast.args[0]), checking)
  const then = checking.check(ast.args[1])
  const otherwise = checking.check(ast.args[2])
  const type = commonType(then.type, otherwise.type)
  if (!type) {
    const message = `One outcome is ${describeType(then.type)}, the other ${describeType(otherwise.type)}`
    return refuse(checking, placeOf(ast), message, 'Give both the same type, for instance with string().')
  }
  const place = placeOf(ast)
  return {
    kind: 'conditional',
    type,
    condition,
    then: coerce(then, type),
    otherwise: coerce(otherwise, type),
    ...place,
  }
}

/** The node as a condition; a fault where it is none. */
export function asCondition(node: ExprNode, checking: Checking): ExprNode {
  const { kind } = node.type
  if (kind === 'bool' || kind === 'dyn' || kind === 'null') return coerce(node, t.bool)
  const remedy = 'Compare it, for instance with != null.'
  return refuse(checking, node, `A condition is needed here, but this is ${describeType(node.type)}`, remedy)
}

// A long chain is one flat list, so that its length does not count as depth
function flatten(ast: ASTNode, operator: '&&' | '||'): ASTNode[] {
  const operands: ASTNode[] = []
  let rest = ast
  while (rest.op === operator) {
    operands.unshift(rest.args[1])
    rest = rest.args[0]
  }
  operands.unshift(rest)
  return operands
}
