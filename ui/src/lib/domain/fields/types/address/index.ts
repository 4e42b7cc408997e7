import type { FieldView } from '../../field-view.ts'
import AddressCell from './AddressCell.svelte'
import AddressEditor from './AddressEditor.svelte'
import { addressLines } from './address-lines.ts'

export const address: FieldView = {
  name: 'address',
  Cell: AddressCell,
  Editor: AddressEditor,
  width: 240,
  isBroad: true,
  text: (value) => addressLines(value).join(', '),
}
