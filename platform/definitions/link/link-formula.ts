import type { Expression } from '../../language/types.ts'
import type { FieldModel } from '../model/model.ts'
import { inside, type Address } from '../model/problem-list.ts'
import { compileTo } from './compile.ts'
import type { Draft, Linkage } from './linkage.ts'
import { recordOf } from './scope.ts'

/**
 * Compiles the formula over its record. It becomes a generated column where PostgreSQL can hold it: over stored
 * fields of the own record alone, not over the moment; else it is computed when read and has no columns.
 */
export function linkFormula(linkage: Linkage, field: Draft<FieldModel>, at: Address): void {
  const { declaration } = field.context
  const compile = (text: string) =>
    compileTo(linkage, {
      at: inside(at, 'expression'),
      text,
      variables: { record: recordOf(field.object) },
      to: field.expressionType,
    })
  const exact = compile(declaration.expression as string)
  if (exact === undefined) return
  const scale = declaration.scale as number | undefined
  const isRounded = scale !== undefined && (exact.type.kind === 'decimal' || exact.type.kind === 'money')
  // Part of the expression, so that server, browser and SQL round alike.
  const expression = isRounded ? compile(`round(${declaration.expression as string}, ${scale})`) : exact
  if (expression === undefined) return
  if (
    field.expressionType.kind === 'money' &&
    expression.type.kind !== 'money' &&
    expression.type.kind !== 'null'
  )
    linkage.problems.error({
      at: inside(at, 'expression'),
      code: 'expression_type',
      message: 'The formula says it returns money, and its expression gives a number without a currency.',
      remedy: 'Return "decimal", or compute from a money field.',
    })
  const isGenerated = canBeGenerated(linkage, field.object, expression)
  field.formula = { expression, isGenerated }
  if (!isGenerated) field.columns = []
}

function canBeGenerated(
  linkage: Linkage,
  object: string,
  { paths, usesMoment, sqlObstacle }: Expression,
): boolean {
  if (usesMoment || sqlObstacle !== undefined) return false
  const fields = linkage.objects.get(object)?.fields
  // PostgreSQL refuses a generated column over another one, so formulas over formulas are computed when read.
  return paths.every(([, name, ...further]) => {
    const read = name === undefined ? undefined : fields?.get(name)
    return (
      further.length === 0 &&
      read !== undefined &&
      (read.type.storage === 'stored' || read.type.name === 'rollup')
    )
  })
}
