import { formatMoney } from '#lib/shared/i18n/formats.ts'
import type { FieldView } from '../../field-view.ts'
import MoneyCell from './MoneyCell.svelte'

export const money: FieldView = {
  name: 'money',
  Cell: MoneyCell,
  align: 'end',
  width: 130,
  text: (value) => formatMoney(value),
}
