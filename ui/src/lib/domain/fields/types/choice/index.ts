import { local } from '#lib/shared/i18n/i18n.svelte.ts'
import type { FieldView } from '../../field-view.ts'
import ChoiceCell from './ChoiceCell.svelte'
import ChoiceEditor from './ChoiceEditor.svelte'

export const choice: FieldView = {
  name: 'choice',
  Cell: ChoiceCell,
  Editor: ChoiceEditor,
  width: 140,
  text: (value, field) =>
    local(field.choices?.find((entry) => entry.value === value)?.label ?? String(value)),
}
