import type { FieldView } from '../../field-view.ts'
import RatingCell from './RatingCell.svelte'
import RatingEditor from './RatingEditor.svelte'

export const rating: FieldView = {
  name: 'rating',
  Cell: RatingCell,
  Editor: RatingEditor,
  width: 110,
  text: (value, field) => `${String(value)}/${String(field.options.maximum ?? 5)}`,
}
