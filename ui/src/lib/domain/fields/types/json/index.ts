import type { FieldView } from '../../field-view.ts'
import JsonCell from './JsonCell.svelte'

export const json: FieldView = {
  name: 'json',
  Cell: JsonCell,
  width: 220,
  isBroad: true,
  keepsEnter: true,
  text: (value) => JSON.stringify(value),
}
