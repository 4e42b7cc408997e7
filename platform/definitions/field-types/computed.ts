import type { ExprType } from '../../language/types.ts'
import { refuse, type FieldType, type JsonSchema } from './field-type.ts'
import { canonicalDecimal } from './number-check.ts'

/** What a formula may return, and how it is kept when the database can hold it. */
const results: Readonly<Record<string, { type: ExprType; columns: readonly string[]; schema: JsonSchema }>> =
  {
    text: { type: { kind: 'string' }, columns: ['text'], schema: { type: 'string' } },
    integer: { type: { kind: 'int' }, columns: ['bigint'], schema: { type: 'integer' } },
    decimal: { type: { kind: 'decimal' }, columns: ['numeric'], schema: { type: 'string' } },
    percent: { type: { kind: 'decimal' }, columns: ['numeric'], schema: { type: 'string' } },
    money: {
      type: { kind: 'money' },
      columns: ['numeric', 'text'],
      schema: { type: 'object', properties: { amount: { type: 'string' }, currency: { type: 'string' } } },
    },
    boolean: { type: { kind: 'bool' }, columns: ['boolean'], schema: { type: 'boolean' } },
    date: { type: { kind: 'date' }, columns: ['date'], schema: { type: 'string', format: 'date' } },
    datetime: {
      type: { kind: 'datetime' },
      columns: ['timestamptz(3)'],
      schema: { type: 'string', format: 'date-time' },
    },
  }

const returns = {
  enum: Object.keys(results),
  description: 'The type of the result.',
} as const satisfies JsonSchema

const computed = {
  storage: 'computed',
  columns({ declaration }) {
    return resultOf(declaration).columns.map((column, at) => ({
      suffix: at === 0 ? '' : '__currency',
      type: column,
      ...(column === 'text' ? { collate: 'C' as const } : {}),
    }))
  },
  expressionType: ({ declaration }) => resultOf(declaration).type,
  check: () => refuse('read_only', 'is computed and cannot be set'),
  fromColumns([value, currency], { declaration }) {
    if (value === null || value === undefined) return null
    const { kind } = resultOf(declaration).type
    if (kind === 'money') return { amount: canonicalDecimal(value), currency }
    return kind === 'decimal' ? canonicalDecimal(value) : value
  },
  operators: ['equals', 'not_equals', 'less', 'greater', 'between', 'blank', 'not_blank'],
  valueSchema: ({ declaration }) => ({ ...resultOf(declaration).schema, readOnly: true }),
} satisfies Partial<FieldType>

export const formula: FieldType = {
  ...computed,
  name: 'formula',
  description: 'A value computed from the record (and the records it refers to) by an expression.',
  options: {
    returns,
    expression: { $ref: 'common.json#/$defs/expression', description: 'The value, over `record`.' },
    scale: {
      type: 'integer',
      minimum: 0,
      maximum: 12,
      description:
        'Decimals to which a decimal, percent or money result is rounded (half-even); exact without it.',
    },
  },
  requiredOptions: ['returns', 'expression'],
}

export const rollup: FieldType = {
  ...computed,
  name: 'rollup',
  description:
    'A count, sum, least, greatest or average over the records that refer to this one; always fresh.',
  options: {
    returns,
    of: {
      type: 'string',
      pattern: '^[a-z][a-z0-9_]*\\.[a-z][a-z0-9_]*$',
      description: 'The other object and its reference to this one: `opportunity.account`.',
    },
    function: {
      enum: ['count', 'sum', 'minimum', 'maximum', 'average'],
      description: 'What is computed. Sums of money are blank where currencies mix.',
    },
    field: { $ref: 'common.json#/$defs/name', description: 'The field of the other object; not for count.' },
    where: {
      $ref: 'common.json#/$defs/expression',
      description: 'Which of the other records count: an expression over the other record as `record`.',
    },
  },
  requiredOptions: ['of', 'function', 'returns'],
}

function resultOf(declaration: Readonly<Record<string, unknown>>) {
  return results[declaration.returns as string] ?? (results.text as (typeof results)[string])
}
