import type { FieldView } from '../../field-view.ts'
import { formula } from '../formula/index.ts'

export const rollup: FieldView = { ...formula, name: 'rollup' }
