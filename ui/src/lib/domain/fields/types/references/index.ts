import type { FieldView } from '../../field-view.ts'
import { titleOf } from '../../reference-target.ts'
import ReferencesCell from './ReferencesCell.svelte'
import ReferencesEditor from './ReferencesEditor.svelte'

export const references: FieldView = {
  name: 'references',
  Cell: ReferencesCell,
  Editor: ReferencesEditor,
  width: 200,
  keepsEnter: true,
  text: (value, field) =>
    Array.isArray(value) ? value.map((entry) => titleOf(field, entry)).join(', ') : titleOf(field, value),
}
