import { formatMoney } from '#lib/shared/i18n/formats.ts'
import type { FieldView } from '../../field-view.ts'
import MoneyCell from './MoneyCell.svelte'
import MoneyEditor from './MoneyEditor.svelte'

export const money: FieldView = {
  name: 'money',
  Cell: MoneyCell,
  Editor: MoneyEditor,
  align: 'end',
  width: 130,
  text: (value) => formatMoney(value),
}
