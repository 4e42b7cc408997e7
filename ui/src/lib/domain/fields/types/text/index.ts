import type { FieldView } from '../../field-view.ts'
import TextCell from './TextCell.svelte'

export const text: FieldView = {
  name: 'text',
  Cell: TextCell,
  width: 200,
  text: (value) => (typeof value === 'object' ? JSON.stringify(value) : String(value)),
}
