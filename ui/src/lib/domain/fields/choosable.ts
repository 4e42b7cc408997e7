import type { FieldMeta, FieldsMeta } from '#lib/shared/api/types.ts'
import type { Choosable } from './field-view.ts'
import { idOf } from './reference-target.ts'

/**
 * What a look-up of records for a reference goes by: the fields of the record that refers on which the choice depends,
 * as they are filled in. Undefined where it depends on none, or on one that is not at hand, such as the record to which
 * a line belongs: then all are offered, and what may not be chosen is refused.
 */
export function choosableFor(
  field: FieldMeta,
  {
    object,
    values,
    fields,
  }: { object: string; values: Readonly<Record<string, unknown>>; fields: FieldsMeta },
): Choosable | undefined {
  const names = field.reference?.referring
  if (names === undefined || !names.every((name) => name === 'id' || name in fields)) return undefined
  const id = typeof values.id === 'string' ? values.id : undefined
  const given = names
    .filter((name) => name !== 'id')
    .map((name) => [name, plain(values[name], fields[name])] as const)
  return {
    object,
    field: field.name,
    ...(id === undefined ? {} : { id }),
    values: Object.fromEntries(given),
  }
}

function plain(value: unknown, field: FieldMeta | undefined): unknown {
  return field?.reference === undefined || Array.isArray(value) ? (value ?? null) : (idOf(value) ?? null)
}
