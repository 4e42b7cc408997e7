import type { FieldView } from '../../field-view.ts'
import { choice } from '../choice/index.ts'
import ChoicesCell from './ChoicesCell.svelte'

export const choices: FieldView = {
  name: 'choices',
  Cell: ChoicesCell,
  width: 180,
  keepsEnter: true,
  text: (value, field) =>
    Array.isArray(value) ? value.map((entry) => choice.text(entry, field)).join(', ') : String(value),
}
