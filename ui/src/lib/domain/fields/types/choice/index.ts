import { local } from '#lib/shared/i18n/i18n.svelte.ts'
import type { FieldView } from '../../field-view.ts'
import ChoiceCell from './ChoiceCell.svelte'

export const choice: FieldView = {
  name: 'choice',
  Cell: ChoiceCell,
  width: 140,
  text: (value, field) =>
    local(field.choices?.find((entry) => entry.value === value)?.label ?? String(value)),
}
