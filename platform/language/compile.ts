import { bytesOfText } from './bytes-of-text.ts'
import { checkNode } from './check/check.ts'
import { type Checking, startChecking } from './check/checking.ts'
import { coerce } from './check/coerce.ts'
import { parseText } from './check/parse.ts'
import { describeType, isAssignable } from './expression-types.ts'
import { type Frame, TooManySteps } from './run/frame.ts'
import { compileRun } from './run/run.ts'
import { sqlObstacleOf, sqlOfPredicate, sqlOfResult } from './sql/result.ts'
import type { ExprNode } from './tree.ts'
import type { Expression, ExpressionFault, ExprType, Moment, Scope, Value } from './types.ts'
import { writerFor } from './values/boundary.ts'

export interface CompileOptions {
  readonly text: string
  readonly scope: Scope
  /** The type that the place needs; the result has it (an int where a decimal is needed becomes one). */
  readonly expect?: ExprType
}

/** Compiles an expression once, for many evaluations; all faults that were found, where there are any. */
export function compileExpression({
  text,
  scope,
  expect,
}: CompileOptions): { readonly expression: Expression } | { readonly faults: readonly ExpressionFault[] } {
  const parsed = parseText(text)
  if ('fault' in parsed) return { faults: [parsed.fault] }
  const checking = startChecking(scope, checkNode)
  const checked = checking.check(parsed.ast)
  if (checking.faults.length > 0) return { faults: checking.faults }
  if (!expect || isAssignable(checked.type, expect)) {
    return { expression: expressionOf(text, expect ? coerce(checked, expect) : checked, checking) }
  }
  const message = `The place needs ${describeType(expect)}, but this is ${describeType(checked.type)}`
  return { faults: [{ position: 0, length: text.length, message }] }
}

function expressionOf(text: string, node: ExprNode, checking: Checking): Expression {
  const run = compileRun(node)
  const write = writerFor(node.type)
  let obstacle: { found: Expression['sqlObstacle'] } | undefined
  return Object.freeze({
    text,
    type: node.type,
    paths: [...checking.paths.values()],
    usesMoment: checking.usesMoment,
    get sqlObstacle() {
      obstacle ??= { found: sqlObstacleOf(node) }
      return obstacle.found
    },
    bytesOfText: (bytesOfPath) => bytesOfText(node, bytesOfPath),
    evaluate(variables: Readonly<Record<string, Value>>, moment: Moment): Value {
      const frame: Frame = { variables, moment, locals: [], steps: 0 }
      if (checking.slots === 0) return write(run(frame))
      try {
        return write(run(frame))
      } catch (error) {
        if (error instanceof TooManySteps) return write(null)
        throw error
      }
    },
    toSql: (binding, moment) => sqlOfResult(node, binding, moment),
    toPredicate: (binding, moment) => sqlOfPredicate(node, binding, moment),
  } satisfies Expression)
}
