import { names } from '#lib/domain/records/names.svelte.ts'
import { model } from '#lib/domain/session/model.svelte.ts'
import type { FieldMeta } from '#lib/shared/api/types.ts'

/** The object that a reference field points to. */
export function targetObject(field: FieldMeta): string {
  return field.reference?.to ?? (typeof field.options.to === 'string' ? field.options.to : 'user')
}

/** The id in a reference value, which is an id or an expanded record. */
export function idOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value
  if (typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string')
    return value.id
  return undefined
}

/** The title of the record referred to; an ellipsis until it is known. */
export function titleOf(field: FieldMeta, value: unknown): string {
  const object = targetObject(field)
  const nameField = model.object(object)?.name_field ?? 'name'
  const named =
    typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[nameField] : undefined
  if (named !== undefined && named !== null && named !== '') return titleText(named)
  const id = idOf(value)
  return id === undefined ? '' : (names.of(object, id) ?? '…')
}

/** The name field of a record may itself be a reference that was read along. */
function titleText(named: unknown): string {
  if (typeof named !== 'object' || named === null) return String(named)
  const inner = Object.entries(named).find(([key]) => key !== 'id' && key !== 'version')
  return inner === undefined ? '' : String(inner[1])
}
