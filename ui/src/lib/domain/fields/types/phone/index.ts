import type { FieldView } from '../../field-view.ts'
import { text } from '../text/index.ts'
import PhoneCell from './PhoneCell.svelte'

export const phone: FieldView = { ...text, name: 'phone', Cell: PhoneCell, width: 150 }
