import type { FieldView } from '../../field-view.ts'
import ReadOnly from '../../ReadOnly.svelte'
import { text } from '../text/index.ts'

export const sequence: FieldView = { ...text, name: 'sequence', Editor: ReadOnly, width: 140 }
