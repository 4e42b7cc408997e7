import { formatMoment } from '#lib/shared/i18n/formats.ts'
import type { FieldView } from '../../field-view.ts'
import DatetimeCell from './DatetimeCell.svelte'

export const datetime: FieldView = {
  name: 'datetime',
  Cell: DatetimeCell,
  width: 170,
  text: (value) => formatMoment(value),
}
