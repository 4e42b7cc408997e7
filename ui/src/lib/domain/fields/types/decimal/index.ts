import type { FieldView } from '../../field-view.ts'
import { integer } from '../integer/index.ts'

export const decimal: FieldView = { ...integer, name: 'decimal' }
