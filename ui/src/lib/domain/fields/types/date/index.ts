import { formatDate } from '#lib/shared/i18n/formats.ts'
import type { FieldView } from '../../field-view.ts'
import DateCell from './DateCell.svelte'
import DateEditor from './DateEditor.svelte'

export const date: FieldView = {
  name: 'date',
  Cell: DateCell,
  Editor: DateEditor,
  width: 132,
  text: (value) => formatDate(value),
}
