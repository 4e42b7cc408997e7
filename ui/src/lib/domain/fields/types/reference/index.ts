import type { FieldView } from '../../field-view.ts'
import { titleOf } from '../../reference-target.ts'
import ReferenceCell from './ReferenceCell.svelte'

export const reference: FieldView = {
  name: 'reference',
  Cell: ReferenceCell,
  width: 190,
  text: (value, field) => titleOf(field, value),
}
