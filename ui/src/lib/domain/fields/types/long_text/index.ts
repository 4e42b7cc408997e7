import type { FieldView } from '../../field-view.ts'
import LongTextCell from './LongTextCell.svelte'
import LongTextEditor from './LongTextEditor.svelte'

export const longText: FieldView = {
  name: 'long_text',
  Cell: LongTextCell,
  Editor: LongTextEditor,
  width: 280,
  isBroad: true,
  keepsEnter: true,
  text: String,
}
