import type { Expression, ExprType } from '../../../language/types.ts'
import type { Address } from '../../model/problem-list.ts'
import { compileTo } from '../compile.ts'
import type { Linkage } from '../linkage.ts'
import { recordOf } from '../scope.ts'

interface Declared {
  readonly at: Address
  readonly text: string | undefined
  /** The object behind `record`. */
  readonly object: string
}

/**
 * Compiles a condition of a service level, over `record`. Nobody looks at it while time passes and the record stays as
 * it is, so it may not depend on the moment.
 */
export function linkCondition(linkage: Linkage, declared: Declared): Expression | undefined {
  const expression = linkMoment(linkage, declared, { kind: 'bool' })
  if (expression !== undefined && dependsOnMoment(linkage, declared.object, expression))
    linkage.problems.error({
      at: declared.at,
      code: 'condition_by_time',
      message:
        'The condition changes as time passes, without the record being written; the clock would not follow.',
      remedy:
        'Compare fields with each other instead of with now() or today(); warnings say what is due when.',
    })
  return expression
}

/** Compiles an expression over `record` whose value is of the type. */
export function linkMoment(
  linkage: Linkage,
  { at, text, object }: Declared,
  to: ExprType,
): Expression | undefined {
  if (text === undefined) return undefined
  return compileTo(linkage, { at, text, variables: { record: recordOf(object) }, to })
}

/** Whether it reads the moment, itself or in a formula of the record. */
export function dependsOnMoment(linkage: Linkage, object: string, expression: Expression): boolean {
  if (expression.usesMoment) return true
  const fields = linkage.objects.get(object)?.fields
  return expression.paths.some(([, name]) => {
    const formula = fields?.get(name ?? '')?.formula
    return formula !== undefined && dependsOnMoment(linkage, object, formula.expression)
  })
}
