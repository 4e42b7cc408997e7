import type { FieldModel, ObjectModel } from '../model/model.ts'
import { inside, type Address } from '../model/problem-list.ts'
import { compileTo } from './compile.ts'
import type { Draft, Linkage } from './linkage.ts'
import { recordOf } from './scope.ts'

/**
 * Compiles the formula over its record. It becomes a generated column where PostgreSQL can hold it: over fields of the
 * own record alone, not over the moment; else it is computed when read and has no columns. See settleFormulas.
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
  field.formula = { expression, isGenerated: false }
}

/** PostgreSQL has each formula spelt out in those over it: a tower of them would grow beyond measure. */
const mostLevels = 3

/**
 * Decides which of an object's formulas become generated columns, when all its fields are linked. Those over other
 * formulas do as well: PostgreSQL refuses a generated column over another one, so the inner one is spelt out.
 */
export function settleFormulas(object: Draft<ObjectModel>): void {
  const generated = new Map<FieldModel, number>()
  for (const field of object.fields.values() as Iterable<Draft<FieldModel>>) {
    if (field.formula === undefined) continue
    const isGenerated = levelsOf(object, field, generated) <= mostLevels
    field.formula = { ...field.formula, isGenerated }
    if (!isGenerated) field.columns = []
  }
}

/** How many formulas stand on each other in a field; infinite where it cannot be a generated column. */
function levelsOf(object: ObjectModel, field: FieldModel, known: Map<FieldModel, number>): number {
  const { formula } = field
  if (formula === undefined)
    return field.type.storage === 'stored' || field.type.name === 'rollup' ? 0 : Infinity
  const found = known.get(field)
  if (found !== undefined) return found
  // Stands until the answer is known, so that a circle, which is reported elsewhere, has an end.
  known.set(field, Infinity)
  const { paths, usesMoment, sqlObstacle } = formula.expression
  const isComputable = !usesMoment && sqlObstacle === undefined
  const below = paths.map(([, name = '', ...further]) => {
    const read = further.length === 0 ? object.fields.get(name) : undefined
    return read === undefined ? Infinity : levelsOf(object, read, known)
  })
  const levels = isComputable ? 1 + Math.max(0, ...below) : Infinity
  known.set(field, levels)
  return levels
}
