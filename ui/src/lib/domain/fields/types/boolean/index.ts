import { t } from '#lib/shared/i18n/i18n.svelte.ts'
import type { FieldView } from '../../field-view.ts'
import BooleanCell from './BooleanCell.svelte'
import BooleanEditor from './BooleanEditor.svelte'

export const boolean: FieldView = {
  name: 'boolean',
  Cell: BooleanCell,
  Editor: BooleanEditor,
  width: 110,
  text: (value) => (value === true ? t('field.yes') : t('field.no')),
}
