import { accept, refuse, type FieldType } from './field-type.ts'
import { describeJson } from './text-check.ts'

export const boolean: FieldType = {
  name: 'boolean',
  description: 'Yes or no.',
  options: {},
  storage: 'stored',
  columns: () => [{ suffix: '', type: 'boolean' }],
  expressionType: () => ({ kind: 'bool' }),
  check: (value) =>
    typeof value === 'boolean'
      ? accept(value)
      : refuse('type', `expected true or false, got ${describeJson(value)}`),
  indexBytes: () => 1,
  operators: ['equals', 'blank', 'not_blank'],
  valueSchema: () => ({ type: 'boolean' }),
}
