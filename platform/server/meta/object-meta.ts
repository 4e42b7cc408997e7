import type { FieldModel, ObjectModel } from '../../definitions/model/model.ts'
import { isSearchable } from '../../records/index.ts'
import type { FieldMeta, ObjectMeta } from '../contract/types.ts'
import { fieldMeta } from './field-meta.ts'
import { given } from './given.ts'
import type { Visibility } from './visibility.ts'

/** An object with the fields, keys and rules that may be seen. */
export function objectMeta(visibility: Visibility, object: ObjectModel): ObjectMeta {
  const { rights, isPath, isShown, text, model } = visibility
  const granted = rights.object(object.name)
  const isSeen = (name: string) => isPath(object.name, name)
  const fields: Record<string, FieldMeta> = {}
  for (const field of object.fields.values()) {
    if (field.name === 'id' || !isShown(object.name, field.name)) continue
    const shown = fieldMeta(visibility, field, { isWritable: granted.field(field.name) === 'write' })
    // Of a masked text some characters are shown: nothing is found or put in order by it.
    fields[field.name] = isSeen(field.name) ? shown : { ...shown, operators: [], masked: true }
  }
  const { parent, lifecycle } = object
  return given({
    name: object.name,
    label: object.label,
    plural: object.plural,
    icon: object.icon,
    person: object.privacy.isPerson || undefined,
    name_field: object.nameField,
    is_owned: object.isOwned,
    parent: parent?.reference && { object: parent.reference.to, field: parent.name },
    lifecycle: lifecycle && { process: lifecycle.process, state_field: lifecycle.stateField },
    has_clocks: model.serviceLevels.has(object.name) || undefined,
    promises: promisesOf(visibility, object),
    sharing:
      object.sharing.byHand && granted.update.length > 0
        ? given({ longest_days: object.sharing.longestDays })
        : undefined,
    rights: {
      create: granted.create,
      read: granted.read.length > 0,
      update: granted.update.length > 0,
      delete: granted.delete.length > 0,
    },
    fields,
    keys: keysOf(object).filter((key) => key.fields.every(isSeen)),
    validations: object.validations.flatMap(({ name, invalidWhen, at, message }) => {
      const condition = text(object.name, invalidWhen)
      return condition === undefined ? [] : [given({ name, invalid_when: condition, at, message })]
    }),
    search: isSearchable(rights, object) ? object.searchFields.map(({ name }) => name) : [],
  }) as ObjectMeta
}

/** The promises that columns of lists count down; the same promise of several service levels is one. */
function promisesOf({ model }: Visibility, { name }: ObjectModel): ObjectMeta['promises'] {
  const levels = model.serviceLevels.get(name)
  if (levels === undefined) return undefined
  const promises = levels.flatMap((level) => [...level.promises.values()])
  return [...new Map(promises.toReversed().map((promise) => [promise.name, promise])).values()]
    .toReversed()
    .map((promise) =>
      given({ name: promise.name, label: promise.label, help: promise.help }),
    ) as ObjectMeta['promises']
}

/** Declared keys, and each unique field as the key that it is by itself. */
function keysOf(object: ObjectModel): { name: string; fields: string[] }[] {
  const unique = [...object.fields.values()].filter((field: FieldModel) => field.isUnique)
  return [
    ...object.keys.map(({ name, fields }) => ({ name, fields: [...fields] })),
    ...unique.map(({ name }) => ({ name, fields: [name] })),
  ]
}
