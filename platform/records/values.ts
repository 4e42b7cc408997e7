import type { FieldModel } from '../definitions/model/model.ts'

/** A record, or a part of one, in API form: values by field, `id` and `version` among them. */
export type RecordValues = Readonly<Record<string, unknown>>

/** '' and missing are the same blank as null, and so is an empty list. */
export function isBlank(value: unknown): boolean {
  return value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
}

/** The column values of a checked API value. */
export function columnValues(field: FieldModel, value: unknown): readonly unknown[] {
  if (isBlank(value)) return field.columns.map(() => null)
  return field.type.toColumns?.(value) ?? [value]
}

/** The API value of the column values of a row. */
export function apiValue(field: FieldModel, columns: readonly unknown[]): unknown {
  if (columns[0] === null || columns[0] === undefined) return null
  return field.type.fromColumns === undefined ? columns[0] : field.type.fromColumns(columns, field.context)
}

/** Whether two API values are the same, for histories and change detection. */
export function isSame(left: unknown, right: unknown): boolean {
  if (left === right) return true
  if (isBlank(left) || isBlank(right)) return isBlank(left) && isBlank(right)
  if (typeof left !== 'object' || typeof right !== 'object') return false
  return canonical(left) === canonical(right)
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )
}

/** The id behind a reference, expanded or not. */
export function referenceId(value: unknown): string | null {
  if (typeof value === 'string' && value !== '') return value
  if (typeof value === 'object' && value !== null) return (value as { id?: string }).id ?? null
  return null
}
