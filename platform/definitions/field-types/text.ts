import { bytesOfText, type FieldContext, type FieldType, type JsonSchema } from './field-type.ts'
import { checkText } from './text-check.ts'

const lengths = {
  max_length: {
    type: 'integer',
    minimum: 1,
    maximum: 100_000,
    description: 'The most characters (Unicode code points) that a value may have.',
  },
  min_length: { type: 'integer', minimum: 0, description: 'The fewest characters that a value may have.' },
  pattern: {
    type: 'string',
    description: 'Regular expression (RE2 syntax) that the whole value must match.',
  },
} as const satisfies Record<string, JsonSchema>

function textSchema({ declaration }: FieldContext): JsonSchema {
  return {
    type: 'string',
    ...(declaration.max_length === undefined ? {} : { maxLength: declaration.max_length }),
    ...(declaration.min_length === undefined ? {} : { minLength: declaration.min_length }),
  }
}

export const text: FieldType = {
  name: 'text',
  description: 'One line of text.',
  options: lengths,
  storage: 'stored',
  columns: () => [{ suffix: '', type: 'text', collate: 'C' }],
  expressionType: () => ({ kind: 'string' }),
  check: (value, field) =>
    checkText(value, { ...field, declaration: { max_length: 255, ...field.declaration } }),
  indexBytes: ({ declaration }) => bytesOfText((declaration.max_length as number | undefined) ?? 255),
  operators: ['equals', 'not_equals', 'contains', 'starts_with', 'in', 'blank', 'not_blank'],
  searchText: String,
  valueSchema: (field) => textSchema({ ...field, declaration: { max_length: 255, ...field.declaration } }),
}

export const longText: FieldType = {
  ...text,
  name: 'long_text',
  description: 'Text of several lines.',
  check: (value, field) =>
    checkText(value, { ...field, declaration: { max_length: 100_000, ...field.declaration } }),
  indexBytes: ({ declaration }) => bytesOfText((declaration.max_length as number | undefined) ?? 100_000),
  operators: ['contains', 'blank', 'not_blank'],
  valueSchema: (field) =>
    textSchema({ ...field, declaration: { max_length: 100_000, ...field.declaration } }),
}
