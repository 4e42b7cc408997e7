import type { ASTNode } from '@marcbachmann/cel-js'
import { describeType, expressionTypes as t } from '../expression-types.ts'
import { keysOf } from '../functions/lists.ts'
import { limits } from '../limits.ts'
import type { ExprNode, Macro, Place } from '../tree.ts'
import { type Checking, refuse, withLocal } from './checking.ts'
import { coerce } from './coerce.ts'
import { asCondition } from './conditions.ts'
import { callOf } from './overloads.ts'

const argumentCounts: Readonly<Record<Macro, readonly number[]>> = {
  exists: [2],
  all: [2],
  exists_one: [2],
  filter: [2],
  map: [2, 3],
}

export function isMacro(name: string, args: readonly ASTNode[]): name is Macro {
  return Object.hasOwn(argumentCounts, name) && argumentCounts[name as Macro].includes(args.length)
}

interface MacroCall {
  readonly macro: Macro
  readonly receiver: ASTNode
  readonly args: readonly ASTNode[]
  readonly place: Place
}

/** `list.exists(x, condition)` and its kin; over a map they go through its keys. */
export function checkMacro({ macro, receiver, args, place }: MacroCall, checking: Checking): ExprNode {
  const list = asList(checking.check(receiver), checking)
  const [variable, second, third] = args
  if (variable?.op !== 'id' || !second)
    return refuse(checking, place, `${macro}() needs a name first, such as 'x'`)
  if (checking.macroDepth >= limits.macroDepth) {
    return refuse(checking, place, `More than ${limits.macroDepth} macros stand inside one another`)
  }
  if (list.type.kind !== 'list') return list
  checking.macroDepth++
  const local = { name: variable.args, type: list.type.of, origin: originOf(list) }
  const node = withLocal(checking, local, (slot): ExprNode => {
    const isMap = macro === 'map'
    const conditionAst = isMap ? (third ? second : undefined) : second
    const bodyAst = isMap ? (third ?? second) : undefined
    const condition = conditionAst && asCondition(checking.check(conditionAst), checking)
    const body = bodyAst && checking.check(bodyAst)
    const type = body ? t.list(body.type) : macro === 'filter' ? list.type : t.bool
    return { kind: 'macro', type, macro, list, slot, condition, body, ...place }
  })
  checking.macroDepth--
  return node
}

// A filtered list holds elements of the list that it was made from
function originOf(list: ExprNode): readonly string[] | undefined {
  if (list.kind === 'path') return list.path
  return list.kind === 'macro' && list.macro === 'filter' ? originOf(list.list) : undefined
}

/** `cel.bind(name, value, expression)`. */
export function checkBind(args: readonly ASTNode[], place: Place, checking: Checking): ExprNode {
  const [variable, valueAst, bodyAst] = args
  if (variable?.op !== 'id' || !valueAst || !bodyAst || args.length > 3) {
    return refuse(checking, place, 'cel.bind() needs a name, a value and an expression')
  }
  const value = checking.check(valueAst)
  return withLocal(checking, { name: variable.args, type: value.type }, (slot): ExprNode => {
    const body = checking.check(bodyAst)
    return { kind: 'bind', type: body.type, slot, value, body, ...place }
  })
}

function asList(node: ExprNode, checking: Checking): ExprNode {
  const { kind } = node.type
  if (kind === 'list') return node
  if (kind === 'map') {
    const place = { position: node.position, length: node.length }
    return callOf({ name: 'keys', overload: keysOf(node.type), args: [node], place }, checking)
  }
  if (kind === 'dyn' || kind === 'null') return coerce(node, t.list(t.dyn))
  return refuse(checking, node, `A list is needed here, but this is ${describeType(node.type)}`)
}
