import { refuse, type FieldType } from './field-type.ts'

export const sequence: FieldType = {
  name: 'sequence',
  description: 'A number drawn from a declared sequence when the record is created; never written by hand.',
  options: { sequence: { $ref: 'common.json#/$defs/name', description: 'The sequence to draw from.' } },
  requiredOptions: ['sequence'],
  storage: 'stored',
  columns: () => [{ suffix: '', type: 'text', collate: 'C' }],
  expressionType: () => ({ kind: 'string' }),
  check: () => refuse('read_only', 'is drawn from a sequence and cannot be set'),
  operators: ['equals', 'not_equals', 'contains', 'starts_with', 'in'],
  searchText: String,
  valueSchema: () => ({ type: 'string', readOnly: true }),
}
