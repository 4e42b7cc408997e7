import type { FieldView } from '../../field-view.ts'
import ReadOnly from '../../ReadOnly.svelte'
import { choice } from '../choice/index.ts'

export const state: FieldView = { ...choice, name: 'state', Editor: ReadOnly }
