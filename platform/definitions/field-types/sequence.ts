import { bytesOfText, refuse, type FieldType } from './field-type.ts'

export const sequence: FieldType = {
  name: 'sequence',
  description: 'A number drawn from a declared sequence when the record is created; never written by hand.',
  options: { sequence: { $ref: 'common.json#/$defs/name', description: 'The sequence to draw from.' } },
  requiredOptions: ['sequence'],
  storage: 'stored',
  columns: () => [{ suffix: '', type: 'text', collate: 'C' }],
  expressionType: () => ({ kind: 'string' }),
  check: () => refuse('read_only', 'is drawn from a sequence and cannot be set'),
  // A format has at most 100 characters, a number 99 digits, a date eight.
  indexBytes: () => bytesOfText(220),
  operators: ['equals', 'not_equals', 'contains', 'starts_with', 'in'],
  searchText: String,
  valueSchema: () => ({ type: 'string', readOnly: true }),
}
