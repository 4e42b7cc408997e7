import { compileExpression, describeType } from '../../language/index.ts'
import type { Expression, ExprType } from '../../language/types.ts'
import type { Address } from '../model/problem-list.ts'
import type { Linkage } from './linkage.ts'
import { scopeOver } from './scope.ts'

export interface Compilation {
  readonly at: Address
  readonly text: string
  readonly variables: Readonly<Record<string, ExprType>>
}

/** Compiles an expression and reports its faults at the address; undefined if it has any. */
export function compileValue(linkage: Linkage, { at, text, variables }: Compilation): Expression | undefined {
  const compiled = compileExpression({ text, scope: scopeOver(linkage.objects, variables, linkage.names) })
  if ('expression' in compiled) return compiled.expression
  for (const { position, message, remedy } of compiled.faults)
    linkage.problems.error({
      at: { ...at, offset: position },
      code: 'expression',
      message,
      ...(remedy === undefined ? {} : { remedy }),
    })
  return undefined
}

/** Compiles a condition: an expression that is true or false. */
export function compileCondition(linkage: Linkage, compilation: Compilation): Expression | undefined {
  return compileTo(linkage, { ...compilation, to: { kind: 'bool' } })
}

/** Compiles an expression whose value goes to a place of the type. */
export function compileTo(
  linkage: Linkage,
  compilation: Compilation & { to: ExprType },
): Expression | undefined {
  const expression = compileValue(linkage, compilation)
  if (expression === undefined || isAssignable(expression.type, compilation.to)) return expression
  const [given, wanted] = [describeType(expression.type), describeType(compilation.to)]
  linkage.problems.error({
    at: compilation.at,
    code: 'expression_type',
    message: `The expression gives ${given}; ${wanted} is needed here.`,
    remedy:
      compilation.to.kind === 'bool'
        ? 'Write a comparison, such as `record.amount > 0`.'
        : `Change the expression so that it gives ${wanted}.`,
  })
  return undefined
}

/**
 * Whether a value of one type may go where the other is expected: the same type, a blank, a value whose type is only
 * known later, a whole number for a decimal, a plain amount for money (in the default currency), an id for a record.
 */
export function isAssignable(from: ExprType, to: ExprType): boolean {
  if (from.kind === 'null' || from.kind === 'dyn' || to.kind === 'dyn') return true
  if (from.kind === 'list' && to.kind === 'list') return isAssignable(from.of, to.of)
  if (from.kind === 'record' && to.kind === 'record') return from.object === to.object
  if (to.kind === 'decimal') return from.kind === 'decimal' || from.kind === 'int'
  if (to.kind === 'money') return from.kind === 'money' || from.kind === 'decimal' || from.kind === 'int'
  if (to.kind === 'record') return from.kind === 'string'
  if (to.kind === 'struct' || to.kind === 'map') return from.kind === 'struct' || from.kind === 'map'
  return from.kind === to.kind
}
