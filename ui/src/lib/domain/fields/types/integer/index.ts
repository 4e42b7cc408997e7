import { formatNumber } from '#lib/shared/i18n/formats.ts'
import type { FieldView } from '../../field-view.ts'
import NumberCell from './NumberCell.svelte'

export const integer: FieldView = {
  name: 'integer',
  Cell: NumberCell,
  align: 'end',
  width: 110,
  text: (value) => formatNumber(value),
}
