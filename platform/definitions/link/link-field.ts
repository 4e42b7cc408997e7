import type { ExprType } from '../../language/types.ts'
import type { FieldModel } from '../model/model.ts'
import { inside, type Address } from '../model/problem-list.ts'
import { suggest } from '../nearest.ts'
import { compileCondition, compileTo } from './compile.ts'
import { checkFieldOptions } from './field-options.ts'
import { checkPointsBack } from './look-up.ts'
import { linkFormula } from './link-formula.ts'
import { linkReference } from './link-reference.ts'
import { linkRollup } from './link-rollup.ts'
import type { Draft, Linkage } from './linkage.ts'
import { recordOf, userType } from './scope.ts'

type Variables = Readonly<Record<string, ExprType>>

/** Names that the expressions of a field see. */
export interface FieldScopes {
  /** required_when, visible_when. */
  readonly conditions: Variables
  /** default_expression. */
  readonly defaults: Variables
  /** The object behind `referring` in the `where` of a reference. */
  readonly referring: string
}

/** The scopes of an object's own fields. */
export function objectScopes(object: string): FieldScopes {
  const record = recordOf(object)
  return {
    conditions: { record, before: record, user: userType },
    defaults: { record, user: userType },
    referring: object,
  }
}

/** Follows the references of a drafted field, compiles its expressions and checks its options against each other. */
export function linkField(
  linkage: Linkage,
  { field, at, scopes }: { field: Draft<FieldModel>; at: Address; scopes: FieldScopes },
): void {
  const { declaration } = field.context
  checkTargets(linkage, field, at)
  field.requiredWhen = condition(linkage, {
    at,
    declaration,
    option: 'required_when',
    variables: scopes.conditions,
  })
  field.visibleWhen = condition(linkage, {
    at,
    declaration,
    option: 'visible_when',
    variables: scopes.conditions,
  })
  if (typeof declaration.default_expression === 'string')
    field.defaultExpression = compileTo(linkage, {
      at: inside(at, 'default_expression'),
      text: declaration.default_expression,
      variables: scopes.defaults,
      to: field.expressionType,
    })
  if (field.reference !== undefined && linkage.objects.has(field.reference.to))
    field.reference = linkReference(linkage, { field, at, referring: scopes.referring })
  if (field.type.name === 'formula') linkFormula(linkage, field, at)
  if (field.type.name === 'rollup') linkRollup(linkage, field, at)
  checkFieldOptions(linkage, field, at)
}

function condition(
  linkage: Linkage,
  {
    at,
    declaration,
    option,
    variables,
  }: { at: Address; declaration: Readonly<Record<string, unknown>>; option: string; variables: Variables },
) {
  const text = declaration[option]
  return typeof text === 'string'
    ? compileCondition(linkage, { at: inside(at, option), text, variables })
    : undefined
}

function checkTargets(linkage: Linkage, field: FieldModel, at: Address): void {
  if (field.reference !== undefined && !linkage.objects.has(field.reference.to))
    linkage.problems.error({
      at: inside(at, 'to'),
      code: 'unknown_object',
      message: `There is no object "${field.reference.to}".`,
      remedy: suggest(field.reference.to, linkage.objects.keys(), 'Known objects'),
    })
  if (field.lines !== undefined)
    checkPointsBack(linkage, { of: field.lines, object: field.object, at: inside(at, 'of') })
  if (field.sequence !== undefined && !linkage.sequences.has(field.sequence))
    linkage.problems.error({
      at: inside(at, 'sequence'),
      code: 'unknown_sequence',
      message: `There is no sequence "${field.sequence}".`,
      remedy: suggest(field.sequence, linkage.sequences.keys(), 'Known sequences'),
    })
}
