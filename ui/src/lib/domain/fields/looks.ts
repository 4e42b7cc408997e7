import type { FieldMeta } from '#lib/shared/api/types.ts'
import type { FieldView } from './field-view.ts'
import { text } from './types/text/index.ts'

const views = new Map<string, FieldView>()

/** How each field type looks, by name; filled by registry.ts, which no cell or editor imports. */
export const fieldViews: ReadonlyMap<string, FieldView> = views

export function registerViews(known: readonly FieldView[]): void {
  for (const view of known) views.set(view.name, view)
}

/**
 * How a field looks. A formula or roll-up looks like what it returns; a type that a plugin added and that has no
 * looks of its own is shown and edited as text.
 */
export function viewOf(field: FieldMeta): FieldView {
  return fieldViews.get(field.type) ?? text
}

/** A value as plain text. */
export function textOf(field: FieldMeta, value: unknown): string {
  return isBlank(value) ? '' : viewOf(field).text(value, field)
}

export function isBlank(value: unknown): boolean {
  return value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
}
