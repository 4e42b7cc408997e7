import '#lib/domain/fields/editors.ts'

/** The editor of a field with those of all types. */
export { default as FieldEditor } from '#lib/domain/fields/FieldEditor.svelte'
