import { userVariable } from '../../access/principal.ts'
import type { Fault } from '../../access/errors.ts'
import type { FieldModel, LocalText, ObjectModel } from '../../definitions/model/model.ts'
import type { Expression } from '../../language/types.ts'
import type { UnitOfWork } from '../unit-of-work.ts'
import { isBlank, isSame, type RecordValues } from '../values.ts'
import { evaluationRecord, recordPaths } from './evaluation.ts'

interface RuleSet {
  readonly fields: readonly FieldModel[]
  readonly paths: readonly (readonly string[])[]
  readonly beforePaths: readonly (readonly string[])[]
}

const ruleSets = new WeakMap<ObjectModel, RuleSet>()

/**
 * The rules of an object over the record as it would be: required, required_when, visible_when, validations.
 * Gives every fault, in the language of the principal.
 */
export async function ruleFaults(
  unit: UnitOfWork,
  options: { object: ObjectModel; before: RecordValues | undefined; after: RecordValues },
): Promise<readonly Fault[]> {
  const { object, before, after } = options
  const rules = rulesOf(object)
  const record = await evaluationRecord(unit, { object, values: after, paths: rules.paths })
  const prior =
    before === undefined
      ? undefined
      : await evaluationRecord(unit, { object, values: before, paths: rules.beforePaths })
  const variables = { record, before: prior ?? null, user: userVariable(unit.principal) }
  const holds = (expression: Expression) => expression.evaluate(variables, unit.moment) === true
  const faults: Fault[] = []
  for (const field of rules.fields) {
    const isFilled = !isBlank(after[field.name])
    const isVisible = field.visibleWhen === undefined || holds(field.visibleWhen)
    if (!isVisible) {
      if (isFilled && !isSame(before?.[field.name], after[field.name]))
        faults.push({
          field: field.name,
          code: 'not_applicable',
          message: 'does not apply to this record and must stay blank',
        })
      continue
    }
    const isRequired = field.isRequired || (field.requiredWhen !== undefined && holds(field.requiredWhen))
    if (!isFilled && isRequired && field.type.storage !== 'computed' && field.lines === undefined)
      faults.push({ field: field.name, code: 'required', message: 'is required' })
  }
  for (const validation of object.validations) {
    if (!holds(validation.invalidWhen)) continue
    const message = localText(validation.message, unit.principal.locale)
    faults.push({
      ...(validation.at === undefined ? {} : { field: validation.at }),
      code: validation.name,
      message,
    })
  }
  return faults
}

function rulesOf(object: ObjectModel): RuleSet {
  let rules = ruleSets.get(object)
  if (rules === undefined) {
    const fields = [...object.fields.values()].filter(
      (field) =>
        (field.isRequired && !field.isSystem) ||
        field.requiredWhen !== undefined ||
        field.visibleWhen !== undefined,
    )
    const expressions = [
      ...fields.flatMap((field) => [field.requiredWhen, field.visibleWhen]),
      ...object.validations.map((validation) => validation.invalidWhen),
    ].filter((expression) => expression !== undefined)
    rules = { fields, paths: recordPaths(expressions), beforePaths: recordPaths(expressions, 'before') }
    ruleSets.set(object, rules)
  }
  return rules
}

/** Picks the text of a locale; English, then any, where there is none. */
export function localText(text: LocalText, locale: string): string {
  if (typeof text === 'string') return text
  return text[locale] ?? text[locale.split('-')[0] as string] ?? text.en ?? Object.values(text)[0] ?? ''
}
