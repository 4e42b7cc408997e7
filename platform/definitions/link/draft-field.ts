import type { ColumnSpec, FieldContext } from '../field-types/field-type.ts'
import type { ChoiceModel, FieldModel, LocalText, OnDelete, RollupModel } from '../model/model.ts'
import type { PersonalCategory } from '../model/privacy.ts'
import { inside, type Address } from '../model/problem-list.ts'
import { suggest } from '../nearest.ts'
import { linkChoices } from './choices.ts'
import type { Draft, Linkage } from './linkage.ts'
import { checkFieldName, labelOf } from './names.ts'

export interface FieldSource {
  readonly at: Address
  /** The object, or for a field of a form the process. */
  readonly object: string
  readonly name: string
  readonly declaration: Readonly<Record<string, unknown>>
  /** The choices of a field of type `state`. */
  readonly states?: ReadonlyMap<string, ChoiceModel> | undefined
  /** A field of a form: has no columns and never a join table. */
  readonly isInForm?: boolean
}

/** A field without its expressions; those need the types of all other fields first (field-expressions.ts). */
export function draftField(linkage: Linkage, source: FieldSource): Draft<FieldModel> | undefined {
  const { at, object, name, states, isInForm = false } = source
  const declaration = withDefaults(source.declaration)
  const type = linkage.registry.get(declaration.type as string)
  if (type === undefined) {
    const remedy = suggest(String(declaration.type), linkage.registry.keys(), 'Known types')
    linkage.problems.error({
      at: inside(at, 'type'),
      code: 'unknown_type',
      message: `Unknown field type "${declaration.type as string}".`,
      remedy,
    })
    return undefined
  }
  const choices = type.name === 'state' ? states : choicesOf(linkage, at, declaration)
  const context: FieldContext = {
    declaration,
    defaultCurrency: linkage.settings.currency,
    ...(choices === undefined ? {} : { choices: new Set(choices.keys()) }),
  }
  const columns = isInForm ? [] : namedColumns(name, type.columns(context))
  checkFieldName(linkage, { at, name, columns: columns.map((column) => column.name) })
  return {
    name,
    object,
    type,
    context,
    formerly: declaration.formerly as string | undefined,
    label: (declaration.label as LocalText | undefined) ?? labelOf(name),
    help: declaration.help as LocalText | undefined,
    isSystem: false,
    columns,
    expressionType: type.expressionType(context),
    isRequired: declaration.required === true,
    requiredWhen: undefined,
    visibleWhen: undefined,
    defaultValue: declaration.default,
    defaultExpression: undefined,
    isReadOnly:
      declaration.read_only === true ||
      type.storage === 'computed' ||
      type.name === 'state' ||
      type.name === 'sequence',
    isUnique: declaration.unique === true,
    isIndexed: declaration.indexed === true,
    choices,
    reference: referenceOf(declaration),
    joinTable: type.name === 'references' && !isInForm ? `${object}__${name}` : undefined,
    lines: linesOf(declaration),
    formula: undefined,
    rollup: undefined,
    sequence: type.name === 'sequence' ? (declaration.sequence as string) : undefined,
    personal:
      declaration.personal === true ? 'other' : (declaration.personal as PersonalCategory | undefined),
  }
}

/** `opportunity.account` as object and reference. */
export function splitOf(of: unknown): { readonly object: string; readonly through: string } {
  const [object = '', through = ''] = String(of).split('.')
  return { object, through }
}

/** The roll-up of a declaration, its condition not yet compiled. */
export function rollupOf(declaration: Readonly<Record<string, unknown>>): RollupModel {
  const { object, through } = splitOf(declaration.of)
  return {
    of: object,
    through,
    function: declaration.function as RollupModel['function'],
    field: declaration.field as string | undefined,
    where: undefined,
  }
}

export function namedColumns(
  name: string,
  columns: readonly ColumnSpec[],
): (ColumnSpec & { name: string })[] {
  return columns.map((column) => ({ ...column, name: `${name}${column.suffix}` }))
}

function withDefaults(declaration: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return declaration.type === 'user' ? { ...declaration, to: 'user' } : declaration
}

function choicesOf(linkage: Linkage, at: Address, declaration: Readonly<Record<string, unknown>>) {
  if (declaration.type !== 'choice' && declaration.type !== 'choices') return undefined
  const { choices, choice_set: set } = declaration
  if ((choices === undefined) === (set === undefined)) {
    linkage.problems.error({
      at,
      code: 'choices',
      message:
        choices === undefined
          ? 'The field has no choices.'
          : 'The field has choices of its own and a choice set.',
      remedy: 'Give it either "choices" or "choice_set".',
    })
    return new Map<string, ChoiceModel>()
  }
  if (choices !== undefined) return linkChoices(choices as Parameters<typeof linkChoices>[0])
  const shared = linkage.choiceSets.get(set as string)
  if (shared === undefined)
    linkage.problems.error({
      at: inside(at, 'choice_set'),
      code: 'unknown_choice_set',
      message: `There is no choice set "${String(set)}".`,
      remedy: suggest(String(set), linkage.choiceSets.keys(), 'Known choice sets'),
    })
  return shared?.choices ?? new Map<string, ChoiceModel>()
}

function referenceOf({ type, to, on_delete = 'restrict' }: Readonly<Record<string, unknown>>) {
  if (type !== 'reference' && type !== 'references' && type !== 'user') return undefined
  return { to: to as string, onDelete: on_delete as OnDelete, where: undefined, referring: undefined }
}

function linesOf({ type, of }: Readonly<Record<string, unknown>>) {
  return type === 'lines' ? splitOf(of) : undefined
}
