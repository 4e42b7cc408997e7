import { formatPercent } from '#lib/shared/i18n/formats.ts'
import type { FieldView } from '../../field-view.ts'
import { integer } from '../integer/index.ts'
import PercentCell from './PercentCell.svelte'

export const percent: FieldView = {
  ...integer,
  name: 'percent',
  Cell: PercentCell,
  width: 100,
  text: (value) => formatPercent(value),
}
