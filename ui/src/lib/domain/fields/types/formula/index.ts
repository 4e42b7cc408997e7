import type { FieldMeta } from '#lib/shared/api/types.ts'
import type { FieldView } from '../../field-view.ts'
import ComputedCell from './ComputedCell.svelte'
import { resultView } from './result-view.ts'

export const formula: FieldView = {
  name: 'formula',
  Cell: ComputedCell,
  width: 130,
  text: (value, field: FieldMeta) => resultView(field).text(value, field),
}
