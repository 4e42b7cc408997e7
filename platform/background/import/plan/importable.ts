import type { FieldModel } from '../../../definitions/model/model.ts'
import type { UnitOfWork } from '../../../records/index.ts'

/** Why a column cannot fill a field; undefined where it can. */
export function whyNotImportable(
  unit: UnitOfWork,
  field: FieldModel,
  { isEntering }: { isEntering: boolean },
): string | undefined {
  const name = field.name
  if (field.lines !== undefined) return `${name} holds lines; import them as records of ${field.lines.object}`
  if (field.type.storage === 'computed' || field.sequence !== undefined)
    return `${name} is computed by the system`
  if (field.isSystem && name !== 'owner') return `${name} is kept by the system`
  if (field.type.name === 'state')
    return isEntering
      ? undefined
      : `${name} is changed by the process alone; name the entry through which records are placed in a state`
  if (field.isReadOnly) return `${name} is set by the system`
  if (unit.rights.object(field.object).field(name) !== 'write')
    return `${name} may not be changed with your roles`
  return undefined
}
