import type { FieldView } from '../../field-view.ts'
import AddressCell from './AddressCell.svelte'
import { addressLines } from './address-lines.ts'

export const address: FieldView = {
  name: 'address',
  Cell: AddressCell,
  width: 240,
  isBroad: true,
  text: (value) => addressLines(value).join(', '),
}
