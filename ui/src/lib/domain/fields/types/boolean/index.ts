import { t } from '#lib/shared/i18n/i18n.svelte.ts'
import type { FieldView } from '../../field-view.ts'
import BooleanCell from './BooleanCell.svelte'

export const boolean: FieldView = {
  name: 'boolean',
  Cell: BooleanCell,
  width: 110,
  text: (value) => (value === true ? t('field.yes') : t('field.no')),
}
