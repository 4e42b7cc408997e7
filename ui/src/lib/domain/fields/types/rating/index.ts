import type { FieldView } from '../../field-view.ts'
import RatingCell from './RatingCell.svelte'

export const rating: FieldView = {
  name: 'rating',
  Cell: RatingCell,
  width: 110,
  text: (value, field) => `${String(value)}/${String(field.options.maximum ?? 5)}`,
}
