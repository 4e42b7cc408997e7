import type { FieldView } from '../../field-view.ts'
import { text } from '../text/index.ts'

export const sequence: FieldView = { ...text, name: 'sequence', width: 140 }
