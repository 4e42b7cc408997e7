import type { Fault } from '../../../access/errors.ts'
import type { FieldModel, ObjectModel } from '../../../definitions/model/model.ts'
import type { UnitOfWork } from '../../../records/index.ts'

type Match = { readonly fields: readonly FieldModel[] } | { readonly fault: Omit<Fault, 'field'> }

/** The object that a reference points to, for one record or many. */
export function referredObject(unit: UnitOfWork, field: FieldModel): ObjectModel | undefined {
  const to =
    field.reference?.to ??
    (field.joinTable === undefined ? undefined : (field.context.declaration.to as string))
  return to === undefined ? undefined : unit.model.objects.get(to)
}

/**
 * The fields by which the records of a reference are found: the one that is named, or those that identify a record
 * by themselves and then its name. None for what is no reference.
 */
export function matchFields(unit: UnitOfWork, field: FieldModel, named: string | undefined): Match {
  const target = referredObject(unit, field)
  if (target === undefined)
    return named === undefined
      ? { fields: [] }
      : {
          fault: {
            code: 'not_a_reference',
            message: `${field.name} refers to no record; "match" is for references`,
          },
        }
  const usable = [...target.fields.values()].filter(
    (each) => isComparable(each) && unit.rights.object(target.name).field(each.name) !== 'hidden',
  )
  if (named !== undefined) {
    const one = usable.find((each) => each.name === named)
    return one === undefined
      ? { fault: { code: 'match', message: `${target.name} cannot be found by "${named}"` } }
      : { fields: [one] }
  }
  const identifying = new Set([
    ...target.keys.filter((key) => key.fields.length === 1).map((key) => key.fields[0]),
    ...usable.filter((each) => each.isUnique || each.sequence !== undefined).map((each) => each.name),
    target.nameField,
  ])
  const fields = usable.filter((each) => identifying.has(each.name))
  return fields.length > 0
    ? { fields }
    : { fault: { code: 'match', message: `${target.name} has no field by which you may find its records` } }
}

/** Compared by the text of one column of its own. */
function isComparable(field: FieldModel): boolean {
  return field.columns.length === 1 && field.columns[0]?.type === 'text' && field.formula === undefined
}
