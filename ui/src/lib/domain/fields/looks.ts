import type { FieldMeta } from '#lib/shared/api/types.ts'
import type { Component } from 'svelte'
import type { EditorProps, FieldView } from './field-view.ts'
import { text } from './types/text/index.ts'

const views = new Map<string, FieldView>()
const editors = new Map<string, Component<EditorProps>>()

/** How each field type looks, by name; filled by registry.ts, which no cell or editor imports. */
export const fieldViews: ReadonlyMap<string, FieldView> = views

export function registerViews(known: readonly FieldView[]): void {
  for (const view of known) views.set(view.name, view)
}

/** What each field type is edited with, by name; filled by editors.ts where something is filled in. */
export const fieldEditors: ReadonlyMap<string, Component<EditorProps>> = editors

export function registerEditors(known: Readonly<Record<string, Component<EditorProps>>>): void {
  for (const [name, editor] of Object.entries(known)) editors.set(name, editor)
}

/** What a field is edited with. Throws where the page forgot to import editors.ts. */
export function editorOf(field: FieldMeta): Component<EditorProps> {
  const editor = editors.get(field.type) ?? editors.get('text')
  if (editor === undefined) throw new Error('Import fields/editors.ts on the page that edits fields.')
  return editor
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
