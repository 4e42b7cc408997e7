import { t } from '#lib/shared/i18n/i18n.svelte.ts'
import type { FieldView } from '../../field-view.ts'
import LinesCell from './LinesCell.svelte'

export const lines: FieldView = {
  name: 'lines',
  Cell: LinesCell,
  width: 120,
  isBroad: true,
  keepsEnter: true,
  text: (value) => t('lines.count', { count: Array.isArray(value) ? value.length : 0 }),
}
