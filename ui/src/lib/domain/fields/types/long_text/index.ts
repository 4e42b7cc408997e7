import type { FieldView } from '../../field-view.ts'
import LongTextCell from './LongTextCell.svelte'

export const longText: FieldView = {
  name: 'long_text',
  Cell: LongTextCell,
  width: 280,
  isBroad: true,
  keepsEnter: true,
  text: String,
}
