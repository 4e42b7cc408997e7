import type { ASTNode } from '@marcbachmann/cel-js'
import { compileExpression } from '../../../../../language/index.ts'
import { parseText } from '../../../../../language/check/parse.ts'

export type Constant = number | string | boolean

export type Comparison = '==' | '!=' | '<' | '<=' | '>' | '>='

/** What a guard compares: a path where it is one, known by its text in any case. */
export interface Term {
  readonly key: string
  readonly path: readonly string[] | undefined
}

/** As much of a guard as can be reasoned about; `opaque` is known by its text alone. Each part is true or false. */
export type Condition =
  | { readonly kind: 'constant'; readonly holds: boolean }
  | { readonly kind: 'all' | 'any'; readonly parts: readonly Condition[] }
  | { readonly kind: 'not'; readonly part: Condition }
  | {
      readonly kind: 'compare'
      readonly term: Term
      readonly operator: Comparison
      readonly value: Constant
    }
  | { readonly kind: 'blank'; readonly term: Term }
  | { readonly kind: 'opaque'; readonly key: string }

/** The condition that an expression states; undefined for a text that is no expression. */
export function conditionOf(text: string): Condition | undefined {
  const parsed = parseText(text)
  if (!('ast' in parsed)) return undefined
  const value = hasNames(parsed.ast) ? undefined : constantOf(text)
  return value === undefined ? read(parsed.ast) : { kind: 'constant', holds: value === true }
}

function hasNames(part: unknown): boolean {
  if (Array.isArray(part)) return part.some(hasNames)
  if (typeof part !== 'object' || part === null || !('op' in part)) return false
  const { op, args } = part as ASTNode
  return op === 'id' || hasNames(args)
}

/** The value of an expression that reads nothing, not even the clock; undefined for every other. */
export function constantOf(text: string): unknown {
  const compiled = compileExpression({ text, scope: { variables: {}, object: () => undefined } })
  if (!('expression' in compiled) || compiled.expression.usesMoment) return undefined
  return compiled.expression.evaluate({}, { now: new Date(0), timeZone: 'UTC' })
}

function read(ast: ASTNode): Condition {
  switch (ast.op) {
    case '&&':
      return { kind: 'all', parts: ast.args.map(read) }
    case '||':
      return { kind: 'any', parts: ast.args.map(read) }
    case '!_':
      return { kind: 'not', part: read(ast.args) }
    case 'value':
      return { kind: 'constant', holds: ast.args === true }
    case 'id':
    case '.':
      return { kind: 'compare', term: termOf(ast), operator: '==', value: true }
    case '==':
    case '!=':
    case '<':
    case '<=':
    case '>':
    case '>=':
      return readComparison(ast, ast.op, ast.args)
    case 'in':
      return readMembership(ast, ast.args)
    default:
      return opaque(ast)
  }
}

const mirrored: Readonly<Record<Comparison, Comparison>> = {
  '==': '==',
  '!=': '!=',
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
}

function readComparison(
  ast: ASTNode,
  operator: Comparison,
  [left, right]: readonly [ASTNode, ASTNode],
): Condition {
  const isEquality = operator === '==' || operator === '!='
  const blank = isBlank(left) ? right : isBlank(right) ? left : undefined
  if (blank !== undefined && isEquality) {
    const part: Condition = { kind: 'blank', term: termOf(blank) }
    return operator === '==' ? part : { kind: 'not', part }
  }
  const [of, value, seen] =
    literalOf(right) === undefined
      ? [right, literalOf(left), mirrored[operator]]
      : [left, literalOf(right), operator]
  if (value === undefined || literalOf(of) !== undefined) return opaque(ast)
  // How texts are ordered is the business of the language.
  if (typeof value !== 'number' && !isEquality) return opaque(ast)
  return { kind: 'compare', term: termOf(of), operator: seen, value }
}

function readMembership(ast: ASTNode, [element, list]: readonly [ASTNode, ASTNode]): Condition {
  if (list.op !== 'list' || literalOf(element) !== undefined) return opaque(ast)
  const values = list.args.map(literalOf)
  const isPlain = values.every((value) => value !== undefined && typeof value === typeof values[0])
  if (!isPlain) return opaque(ast)
  const term = termOf(element)
  return {
    kind: 'any',
    parts: values.map((value) => ({ kind: 'compare', term, operator: '==', value: value as Constant })),
  }
}

function isBlank(ast: ASTNode): boolean {
  return ast.op === 'value' && (ast.args === null || ast.args === '')
}

/** More digits than these are not exact as a number of JavaScript. */
const mostDigits = 15

function literalOf(ast: ASTNode): Constant | undefined {
  if (ast.op === '-_') {
    const value = literalOf(ast.args)
    return typeof value === 'number' ? -value : undefined
  }
  if (ast.op !== 'value') return undefined
  const { args } = ast
  if (typeof args === 'boolean') return args
  if (typeof args === 'string') return args === '' ? undefined : args
  if (typeof args !== 'bigint' && typeof args !== 'number') return undefined
  const digits = ast.input.slice(ast.start, ast.end).replace(/\D/g, '')
  return digits.length <= mostDigits ? Number(args) : undefined
}

function opaque(ast: ASTNode): Condition {
  return { kind: 'opaque', key: keyOf(ast) }
}

function termOf(ast: ASTNode): Term {
  return { key: keyOf(ast), path: pathOf(ast) }
}

function pathOf(ast: ASTNode): readonly string[] | undefined {
  if (ast.op === 'id') return [ast.args]
  if (ast.op !== '.') return undefined
  const [base, name] = ast.args
  const path = pathOf(base)
  return path === undefined ? undefined : [...path, name]
}

/** The same for two expressions that differ in blanks and brackets alone. */
function keyOf(ast: ASTNode): string {
  return JSON.stringify(ast, (_, value: unknown) => {
    if (typeof value === 'bigint') return `${value}n`
    if (typeof value !== 'object' || value === null || !('op' in value)) return value
    const { op, args } = value as ASTNode
    return { op, args }
  })
}
