import { invalid, TesseraError } from '../../access/errors.ts'
import { isOpenToRead, rowPredicate } from '../../access/predicate.ts'
import { recordBinding } from '../../access/record-binding.ts'
import { identifier } from '../../database/identifier.ts'
import type { FieldModel, ReferenceModel } from '../../definitions/model/model.ts'
import type { UnitOfWork } from '../unit-of-work.ts'
import { columnValues, isBlank, type RecordValues } from '../values.ts'
import type { ReadContext } from './columns.ts'

/** For which field records are looked up: only those that it may refer to are given. */
export interface Choosable {
  readonly object: string
  readonly field: string
  /** The field is one of this event's form. */
  readonly event?: string
  /** The record that refers; for a form, that whose process it is. */
  readonly id?: string
  /** What is filled in of the record that refers, stored or not; not for a form, which goes by what is stored. */
  readonly values?: RecordValues
}

/** A choice that is ready to be a condition: what it depends on, and the values of its slots. */
export interface Choice {
  readonly reference: ReferenceModel
  /** Tells statements apart. */
  readonly shape: readonly unknown[]
  readonly slots: Readonly<Record<string, unknown>>
  readonly isForm: boolean
  readonly fields: readonly FieldModel[]
}

/** @throws TesseraError bad_request where there is no such reference, validation for values that the fields refuse */
export function choiceOf(
  unit: UnitOfWork,
  { object, field: name, event, id, values = {} }: Choosable,
): Choice {
  const { model, rights } = unit
  const declared = model.objects.get(object)
  const process = model.processes.get(declared?.lifecycle?.process ?? '')
  const field = event === undefined ? declared?.fields.get(name) : process?.events.get(event)?.form.get(name)
  const isHidden = event === undefined && rights.object(object).field(name) === 'hidden'
  if (field?.reference === undefined || isHidden)
    throw new TesseraError(
      'bad_request',
      `choosable: there is no reference "${name}" to look records up for.`,
    )
  const { reference } = field
  const { referring } = reference
  const fields = [...(referring?.fields ?? [])].flatMap(
    (each) => model.objects.get(referring?.object ?? '')?.fields.get(each) ?? [],
  )
  const slots: Record<string, unknown> = { 'choice.id': id ?? null }
  if (event === undefined)
    for (const each of fields)
      for (const [at, value] of checked(each, each.name === 'id' ? id : values[each.name]).entries())
        slots[`choice.${each.name}.${at}`] = value
  return { reference, shape: [object, event, name], slots, isForm: event !== undefined, fields }
}

function checked(field: FieldModel, value: unknown): readonly unknown[] {
  if (isBlank(value)) return columnValues(field, null)
  const result = field.type.check(value, field.context)
  if (!result.ok)
    throw invalid([{ field: 'choosable', path: field.name, code: result.code, message: result.message }])
  return columnValues(field, result.value)
}

/** The condition on the row behind `alias`; undefined where every record may be chosen. */
export function choiceCondition(context: ReadContext, { choice, alias }: { choice: Choice; alias: string }) {
  const { reference, isForm, fields } = choice
  const { where, referring } = reference
  if (where === undefined) return undefined
  const { model, rights, statement } = context
  const binding = recordBinding({
    model,
    object: reference.to,
    alias,
    statement,
    ...(referring === undefined ? {} : { referring: { object: referring.object, alias: 'f' } }),
    gate: {
      isOpen: (object) => isOpenToRead({ model, rights, object }),
      condition: (object, other) => rowPredicate({ ...context, object, alias: other, action: 'read' }),
    },
  })
  const condition = where.toPredicate(binding, 'bound').sql
  if (referring === undefined) return `(${condition})`
  const { object } = referring
  if (isForm) {
    const permitted = rowPredicate({ ...context, object, alias: 'f', action: 'read' })
    return (
      `exists (select 1 from ${identifier(object)} f where f.id = ${statement.slot('choice.id', 'uuid')} ` +
      `and f.deleted_at is null and ${permitted} and ${condition})`
    )
  }
  const columns = fields.flatMap((field) =>
    field.columns.map(
      ({ name, type }, at) => `${statement.slot(`choice.${field.name}.${at}`, type)} as ${identifier(name)}`,
    ),
  )
  return `exists (select 1 from (select ${columns.join(', ')}) f where ${condition})`
}
