import type { FieldView } from '../../field-view.ts'
import { text } from '../text/index.ts'
import EmailCell from './EmailCell.svelte'

export const email: FieldView = { ...text, name: 'email', Cell: EmailCell, width: 220 }
