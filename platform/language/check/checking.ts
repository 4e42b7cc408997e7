import type { ExprType, ExpressionFault, Scope } from '../types.ts'
import type { ASTNode } from '@marcbachmann/cel-js'
import type { ConstantNode, ExprNode, Place } from '../tree.ts'
import { expressionTypes as t } from '../expression-types.ts'

interface LocalName {
  readonly name: string
  readonly type: ExprType
  readonly slot: number
  readonly origin?: readonly string[]
}

/** What is known and collected while one expression is checked. */
export interface Checking {
  /** Checks a part of the expression. */
  readonly check: (ast: ASTNode) => ExprNode
  readonly scope: Scope
  readonly faults: ExpressionFault[]
  readonly paths: Map<string, readonly string[]>
  /** Names that enclosing macros give, innermost last. */
  readonly locals: LocalName[]
  slots: number
  depth: number
  macroDepth: number
  usesMoment: boolean
}

export function placeOf(ast: ASTNode): Place {
  return { position: ast.start, length: ast.end - ast.start }
}

export function startChecking(scope: Scope, check: (ast: ASTNode, checking: Checking) => ExprNode): Checking {
  const checking: Checking = {
    check: (ast) => check(ast, checking),
    scope,
    faults: [],
    paths: new Map(),
    locals: [],
    slots: 0,
    depth: 0,
    macroDepth: 0,
    usesMoment: false,
  }
  return checking
}

/** Notes a fault and returns a blank that fits anywhere, so that one mistake is reported once. */
export function refuse(checking: Checking, place: Place, message: string, remedy?: string): ConstantNode {
  const { position, length } = place
  checking.faults.push({ position, length, message, remedy })
  return { kind: 'constant', type: t.null, value: null, position, length }
}

export function notePath(checking: Checking, path: readonly string[]): void {
  const key = path.join('.')
  if (!checking.paths.has(key)) checking.paths.set(key, path)
}

/** Checks a part in which a name stands for a value. */
export function withLocal<Result>(
  checking: Checking,
  local: Omit<LocalName, 'slot'>,
  check: (slot: number) => Result,
): Result {
  const slot = checking.slots++
  checking.locals.push({ ...local, slot })
  try {
    return check(slot)
  } finally {
    checking.locals.pop()
  }
}
