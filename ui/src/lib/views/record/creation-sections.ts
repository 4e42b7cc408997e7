import { isKept } from '#lib/domain/records/form.svelte.ts'
import { model, ownFields } from '#lib/domain/session/model.svelte.ts'
import type { FieldMeta, LocalText, ObjectMeta } from '#lib/shared/api/types.ts'

export interface FormSection {
  name: string
  label: LocalText
  columns: number
  fields: readonly FieldMeta[]
  visible_when?: string | undefined
}

/** The sections of a new record's form: those of its page with what a person may fill in, and what else is required. */
export function creationSections(object: ObjectMeta): readonly FormSection[] {
  const sections = model
    .page(object)
    .sections.map((section) => ({
      name: section.name,
      label: section.label,
      columns: section.columns ?? 2,
      visible_when: section.visible_when,
      fields: section.fields.flatMap((name) => object.fields[name] ?? []).filter((field) => !isKept(field)),
    }))
    .filter((section) => section.fields.length > 0)
  const placed = new Set(sections.flatMap((section) => section.fields.map((field) => field.name)))
  const missing = ownFields(object).filter(
    (field) => field.required && !isKept(field) && !placed.has(field.name),
  )
  if (missing.length === 0) return sections
  return [{ name: 'required', label: object.label, columns: 2, fields: missing }, ...sections]
}
