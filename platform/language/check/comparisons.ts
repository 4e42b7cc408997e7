import type { ASTNode } from '@marcbachmann/cel-js'
import { commonType, describeType, expressionTypes as t } from '../expression-types.ts'
import type { CompareOperator, ExprNode } from '../tree.ts'
import type { ExprType } from '../types.ts'
import { type Checking, placeOf, refuse } from './checking.ts'
import { coerce } from './coerce.ts'

const ordered = new Set<ExprType['kind']>([
  'bool',
  'int',
  'decimal',
  'string',
  'money',
  'date',
  'datetime',
  'duration',
  'dyn',
])

/** A comparison; with a literal blank (`null` or an empty text) the question whether the other side is blank. */
export function checkComparison(ast: ASTNode & { op: CompareOperator }, checking: Checking): ExprNode {
  const place = placeOf(ast)
  const operator = ast.op
  const [left, right] = withIds(checking.check(ast.args[0]), checking.check(ast.args[1]))
  const isEquality = operator === '==' || operator === '!='
  if (!isEquality && ast.args.some((side) => side.op === 'value' && side.args === null)) {
    return refuse(checking, place, 'Nothing is smaller or larger than a blank', 'Compare with == or !=.')
  }
  const blank = isBlankLiteral(ast.args[0]) ? right : isBlankLiteral(ast.args[1]) ? left : undefined
  if (blank && isEquality) {
    const question: ExprNode = { kind: 'is_blank', type: t.bool, operand: blank, ...place }
    return operator === '==' ? question : { kind: 'not', type: t.bool, operand: question, ...place }
  }
  const pair = pairUp(left, right)
  if (!pair) {
    const message = `${describeType(left.type)} and ${describeType(right.type)} cannot be compared`
    return refuse(checking, place, message, remedyFor(left.type, right.type))
  }
  const kind = pair[0].type.kind
  if (!isEquality && !ordered.has(kind)) {
    return refuse(
      checking,
      place,
      `Values of type ${describeType(pair[0].type)} have no order`,
      'Use == or !=.',
    )
  }
  return { kind: 'compare', type: t.bool, operator, left: pair[0], right: pair[1], ...place }
}

/** A struct that stands for a record (the one who asks, in a filter of his) is compared by its id. */
function withIds(left: ExprNode, right: ExprNode): readonly [ExprNode, ExprNode] {
  return [idBeside(left, right), idBeside(right, left)]
}

function idBeside(node: ExprNode, other: ExprNode): ExprNode {
  if (node.kind !== 'path' || node.type.kind !== 'struct' || other.type.kind !== 'record') return node
  const { id } = node.type.fields
  return id?.kind === 'record' && id.object === other.type.object
    ? { ...node, path: [...node.path, 'id'], type: id }
    : node
}

/** Both sides brought to types that can be compared; undefined where there are none. */
export function pairUp(left: ExprNode, right: ExprNode): readonly [ExprNode, ExprNode] | undefined {
  const [a, b] = [left.type, right.type]
  if (isNumber(a) && b.kind === 'money') return [coerce(left, t.decimal), right]
  if (isNumber(b) && a.kind === 'money') return [left, coerce(right, t.decimal)]
  if (a.kind === 'record' && b.kind === 'string') return [left, normalizedId(right)]
  if (a.kind === 'string' && b.kind === 'record') return [normalizedId(left), right]
  if (a.kind === 'dyn' && b.kind !== 'dyn') return narrowed(left, right)
  if (b.kind === 'dyn' && a.kind !== 'dyn') {
    const pair = narrowed(right, left)
    return [pair[1], pair[0]]
  }
  if (a.kind === 'struct' || b.kind === 'struct') return undefined
  const type = commonType(a, b)
  return type && [coerce(left, type), coerce(right, type)]
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

function normalizedId(node: ExprNode): ExprNode {
  if (node.kind !== 'constant' || typeof node.value !== 'string' || !uuid.test(node.value)) return node
  return { ...node, value: node.value.toLowerCase() }
}

function narrowed(dyn: ExprNode, typed: ExprNode): readonly [ExprNode, ExprNode] {
  const type = isNumber(typed.type) ? t.decimal : typed.type
  return [coerce(dyn, type), coerce(typed, type)]
}

function isNumber({ kind }: ExprType): boolean {
  return kind === 'int' || kind === 'decimal'
}

function isBlankLiteral(ast: ASTNode): boolean {
  return ast.op === 'value' && (ast.args === null || ast.args === '')
}

function remedyFor(a: ExprType, b: ExprType): string | undefined {
  const kinds = [a.kind, b.kind]
  if (kinds.includes('date') && kinds.includes('datetime'))
    return 'Take the date of the datetime with date().'
  if (kinds.includes('string')) {
    if (kinds.includes('date')) return "Write a date as date('2026-11-22')."
    if (kinds.includes('datetime')) return "Write a datetime as datetime('2026-11-22T08:00:00Z')."
    if (kinds.includes('duration')) return "Write a duration as duration('P2D')."
    if (kinds.includes('int') || kinds.includes('decimal'))
      return 'Write numbers without quotes, or use decimal().'
  }
  if (kinds.includes('struct')) return "Compare its id, such as 'user.id'."
  return undefined
}
