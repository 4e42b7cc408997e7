import type { FieldModel, ObjectModel } from '../model/model.ts'

/** The fields whose values are erased with the data of the person. */
export function personalFields(object: ObjectModel): readonly FieldModel[] {
  return [...object.fields.values()].filter(
    ({ personal, reference }) => personal !== undefined && reference === undefined,
  )
}

/** The references that name the person whom a record is about. */
export function referencesToPerson(object: ObjectModel): readonly FieldModel[] {
  return [...object.fields.values()].filter(
    ({ personal, reference }) => personal !== undefined && reference !== undefined,
  )
}
