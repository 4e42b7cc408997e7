import type { FieldMeta, RecordQuery } from '#lib/shared/api/types.ts'
import type { Component } from 'svelte'

export interface CellProps {
  field: FieldMeta
  value: unknown
  /** Whether a reference may be a link; not inside something that is itself a link or button. */
  links?: boolean
}

/** The record that refers, as the look-up of records that it may refer to takes it. */
export type Choosable = NonNullable<RecordQuery['choosable']>

export interface EditorProps {
  field: FieldMeta
  value: unknown
  /** Called with the new value (API form, null for a blank) whenever it changes. */
  onchange: (value: unknown) => void
  /** Called when a choice has been made and the editor has nothing more to do. */
  onfinish?: (() => void) | undefined
  id?: string | undefined
  label: string
  invalid?: boolean
  describedby?: string | undefined
  /** In a grid: no room for anything beside the value. */
  compact?: boolean
  /** The record that refers, as it is filled in by now, where the choice of a reference depends on it. */
  choosable?: Choosable | undefined
  /** In place of a shown value: a picker opens at once, a text takes the focus. */
  atOnce?: boolean
}

/** How one field type looks: its cell and its measures. One file per type; what it is edited with is in editors.ts. */
export interface FieldView {
  readonly name: string
  readonly Cell: Component<CellProps>
  readonly align?: 'end'
  /** Width of a column, in pixels. */
  readonly width: number
  /** Takes a row of its own in a form. */
  readonly isBroad?: boolean
  /** Enter belongs to the editor (several lines, several picks), so it does not save. */
  readonly keepsEnter?: boolean
  /** The value as plain text, for comparisons, titles and timelines. */
  text(value: unknown, field: FieldMeta): string
}
