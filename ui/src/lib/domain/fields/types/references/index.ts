import type { FieldView } from '../../field-view.ts'
import { titleOf } from '../../reference-target.ts'
import ReferencesCell from './ReferencesCell.svelte'

export const references: FieldView = {
  name: 'references',
  Cell: ReferencesCell,
  width: 200,
  keepsEnter: true,
  text: (value, field) =>
    Array.isArray(value) ? value.map((entry) => titleOf(field, entry)).join(', ') : titleOf(field, value),
}
