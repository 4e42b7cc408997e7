import type { Expression, ExprType } from '../../language/types.ts'
import type { FieldModel, RollupModel } from '../model/model.ts'
import { inside, type Address } from '../model/problem-list.ts'
import { suggest } from '../nearest.ts'
import { compileCondition } from './compile.ts'
import { rollupOf } from './draft-field.ts'
import { checkPointsBack } from './look-up.ts'
import type { Draft, Linkage } from './linkage.ts'
import { recordOf } from './scope.ts'

/** Follows a roll-up to the records that it adds up, and checks that it can be kept fresh. */
export function linkRollup(linkage: Linkage, field: Draft<FieldModel>, at: Address): void {
  const { declaration } = field.context
  const rollup = rollupOf(declaration)
  const of = { object: rollup.of, through: rollup.through }
  if (!checkPointsBack(linkage, { of, object: field.object, at: inside(at, 'of') })) return
  checkFunction(linkage, { rollup, field, at })
  const where =
    typeof declaration.where === 'string'
      ? compileCondition(linkage, {
          at: inside(at, 'where'),
          text: declaration.where,
          variables: { record: recordOf(rollup.of) },
        })
      : undefined
  if (where !== undefined) checkFreshness(linkage, where, inside(at, 'where'))
  field.rollup = { ...rollup, where }
}

function checkFunction(
  linkage: Linkage,
  { rollup, field, at }: { rollup: RollupModel; field: FieldModel; at: Address },
): void {
  const fields = linkage.objects.get(rollup.of)?.fields
  if (rollup.function === 'count') {
    if (rollup.field !== undefined)
      linkage.problems.error({
        at: inside(at, 'field'),
        code: 'rollup',
        message: 'A count takes no field.',
        remedy: 'Remove "field".',
      })
    return checkReturns(linkage, { field, at, gives: { kind: 'int' } })
  }
  const added = rollup.field === undefined ? undefined : fields?.get(rollup.field)
  if (added === undefined) {
    const names = [...(fields?.keys() ?? [])]
    const message =
      rollup.field === undefined
        ? `"${rollup.function}" needs a field.`
        : `The object "${rollup.of}" has no field "${rollup.field}".`
    linkage.problems.error({
      at: inside(at, 'field'),
      code: 'unknown_field',
      message,
      remedy: suggest(rollup.field ?? '', names, `Fields of "${rollup.of}"`),
    })
    return
  }
  const gives = resultOf(rollup.function, added.expressionType)
  if (gives === undefined)
    linkage.problems.error({
      at: inside(at, 'field'),
      code: 'rollup',
      message: `"${rollup.function}" is not possible over "${added.name}", a field of type ${added.type.name}.`,
      remedy: 'Choose a field of numbers, money or (for minimum and maximum) dates.',
    })
  else checkReturns(linkage, { field, at, gives })
}

/** The type of the result, or undefined where the function does not go with the type. */
function resultOf(name: RollupModel['function'], added: ExprType): ExprType | undefined {
  const isNumber = added.kind === 'int' || added.kind === 'decimal'
  if (name === 'average') return isNumber ? { kind: 'decimal' } : added.kind === 'money' ? added : undefined
  if (name === 'sum') return isNumber || added.kind === 'money' ? added : undefined
  return isNumber || added.kind === 'money' || added.kind === 'date' || added.kind === 'datetime'
    ? added
    : undefined
}

function checkReturns(
  linkage: Linkage,
  { field, at, gives }: { field: FieldModel; at: Address; gives: ExprType },
): void {
  const returns = field.expressionType.kind
  if (returns === gives.kind || (returns === 'decimal' && gives.kind === 'int')) return
  linkage.problems.error({
    at: inside(at, 'returns'),
    code: 'rollup',
    message: `The roll-up gives ${gives.kind}, not ${String(field.context.declaration.returns)}.`,
    remedy: `Write "returns": "${gives.kind === 'int' ? 'integer' : gives.kind}".`,
  })
}

/** Only a change of the added records triggers a recount, so nothing else may decide which of them count. */
function checkFreshness(linkage: Linkage, where: Expression, at: Address): void {
  const far = where.paths.find((path) => path.length > 2)
  if (far !== undefined)
    linkage.problems.error({
      at,
      code: 'rollup',
      message: `The condition reads ${far.join('.')} through a reference; the roll-up could not be kept fresh when that changes.`,
      remedy: "Use the record's own fields; a field can copy the value.",
    })
  if (where.usesMoment)
    linkage.problems.error({
      at,
      code: 'rollup',
      message: 'The condition depends on today() or now(); the roll-up would be stale as time passes.',
      remedy: 'Compare with a stored field, or use a view with a filter.',
    })
  if (where.sqlObstacle !== undefined)
    linkage.problems.error({
      at: { ...at, offset: where.sqlObstacle.position },
      code: 'rollup',
      message: `The database cannot evaluate the condition: ${where.sqlObstacle.message}.`,
      remedy: 'Write it without this part.',
    })
}
