import type { FieldView } from '../../field-view.ts'
import { choice } from '../choice/index.ts'

export const state: FieldView = { ...choice, name: 'state' }
