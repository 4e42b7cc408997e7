import type { ASTNode } from '@marcbachmann/cel-js'
import { commonType, describeType, expressionTypes as t } from '../expression-types.ts'
import type { ExprNode } from '../tree.ts'
import type { ExprType } from '../types.ts'
import { type Checking, placeOf, refuse } from './checking.ts'
import { coerce } from './coerce.ts'

/** A list literal: of one type, or of dyn where the elements have several. */
export function checkList(ast: ASTNode & { op: 'list' }, checking: Checking): ExprNode {
  const elements = ast.args.map((element) => checking.check(element))
  const of = typeOfAll(elements)
  return {
    kind: 'list',
    type: t.list(of),
    elements: elements.map((element) => coerce(element, of)),
    ...placeOf(ast),
  }
}

/** A map literal with texts as keys. */
export function checkMap(ast: ASTNode & { op: 'map' }, checking: Checking): ExprNode {
  const values = ast.args.map(([, value]) => checking.check(value))
  const entries: { key: string; value: ExprNode }[] = []
  for (const [index, [key]] of ast.args.entries()) {
    if (key.op !== 'value' || typeof key.args !== 'string') {
      return refuse(
        checking,
        placeOf(key),
        'The key of a map must be a text',
        "Write it in quotes: {'name': 1}.",
      )
    }
    if (entries.some((entry) => entry.key === key.args)) {
      return refuse(checking, placeOf(key), `The key '${key.args}' is there twice`)
    }
    entries.push({ key: key.args, value: coerce(values[index]!, t.dyn) })
  }
  return { kind: 'map', type: t.map(t.dyn), entries, ...placeOf(ast) }
}

/** `list[0]`, `map['key']`. */
export function checkElement(ast: ASTNode & { op: '[]' }, checking: Checking): ExprNode {
  const of = checking.check(ast.args[0])
  const key = checking.check(ast.args[1])
  const place = placeOf(ast)
  switch (of.type.kind) {
    case 'list':
      return key.type.kind === 'int' || key.type.kind === 'dyn'
        ? { kind: 'element', type: of.type.of, of, key: coerce(key, t.int), ...place }
        : refuse(checking, key, `The position in a list is an int, not ${describeType(key.type)}`)
    case 'map':
      return key.type.kind === 'string' || key.type.kind === 'dyn'
        ? { kind: 'element', type: of.type.of, of, key: coerce(key, t.string), ...place }
        : refuse(checking, key, `The key of a map is a text, not ${describeType(key.type)}`)
    case 'dyn':
      return { kind: 'element', type: t.dyn, of, key: coerce(key, t.dyn), ...place }
    case 'null':
      return of
    default:
      return refuse(checking, place, `A value of type ${describeType(of.type)} has no elements`)
  }
}

function typeOfAll(nodes: readonly ExprNode[]): ExprType {
  let type: ExprType = t.null
  for (const node of nodes) {
    const common = commonType(type, node.type)
    if (!common) return t.dyn
    type = common
  }
  return type
}
