import { formatDate } from '#lib/shared/i18n/formats.ts'
import type { FieldView } from '../../field-view.ts'
import DateCell from './DateCell.svelte'

export const date: FieldView = {
  name: 'date',
  Cell: DateCell,
  width: 132,
  text: (value) => formatDate(value),
}
