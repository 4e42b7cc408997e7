import { accept, refuse, type FieldType, type JsonSchema } from './field-type.ts'
import { canonicalDecimal, checkDecimal } from './number-check.ts'
import { describeJson } from './text-check.ts'

const bounds = {
  minimum: { type: 'number', description: 'The smallest value allowed.' },
  maximum: { type: 'number', description: 'The largest value allowed.' },
} as const satisfies Record<string, JsonSchema>

const scale = {
  type: 'integer',
  minimum: 0,
  maximum: 12,
  description: 'How many decimals are kept; more are refused, never rounded away.',
} as const

const comparisons = [
  'equals',
  'not_equals',
  'less',
  'greater',
  'between',
  'in',
  'blank',
  'not_blank',
] as const

export const integer: FieldType = {
  name: 'integer',
  description: 'A whole number between -(2^53-1) and 2^53-1.',
  options: bounds,
  storage: 'stored',
  columns: () => [{ suffix: '', type: 'bigint' }],
  expressionType: () => ({ kind: 'int' }),
  check(value, { declaration }) {
    const checked = checkDecimal(value, { digits: 16, scale: 0, ...declaration })
    if (!checked.ok) return checked
    const number = Number(checked.value)
    return Number.isSafeInteger(number) ? accept(number) : refuse('range', 'is beyond 2^53-1')
  },
  indexBytes: () => 8,
  operators: comparisons,
  valueSchema: ({ declaration }) => ({ type: 'integer', ...numericBounds(declaration) }),
}

export const decimal: FieldType = {
  name: 'decimal',
  description: 'An exact decimal number; travels as a text.',
  options: { ...bounds, scale },
  storage: 'stored',
  columns: ({ declaration }) => [{ suffix: '', type: `numeric(28,${declaration.scale ?? 2})` }],
  expressionType: () => ({ kind: 'decimal' }),
  check: (value, { declaration }) => checkDecimal(value, { digits: 28, scale: 2, ...declaration }),
  fromColumns: ([value]) => canonicalDecimal(value),
  indexBytes: () => 32,
  operators: comparisons,
  valueSchema: () => ({ type: 'string', pattern: '^-?[0-9]+(\\.[0-9]+)?$' }),
}

export const percent: FieldType = {
  ...decimal,
  name: 'percent',
  description: 'A percentage: 12.5 means 12.5 %.',
}

export const rating: FieldType = {
  name: 'rating',
  description: 'Stars from 1 to a maximum.',
  options: {
    maximum: { type: 'integer', minimum: 2, maximum: 10, description: 'The most stars (5 if not said).' },
  },
  storage: 'stored',
  columns: () => [{ suffix: '', type: 'smallint' }],
  expressionType: () => ({ kind: 'int' }),
  check(value, { declaration }) {
    const most = (declaration.maximum as number | undefined) ?? 5
    const stars = typeof value === 'string' && /^\d{1,2}$/.test(value) ? Number(value) : value
    return Number.isInteger(stars) && (stars as number) >= 1 && (stars as number) <= most
      ? accept(stars)
      : refuse('range', `expected a whole number of stars from 1 to ${most}, got ${describeJson(value)}`)
  },
  indexBytes: () => 2,
  operators: comparisons,
  valueSchema: ({ declaration }) => ({ type: 'integer', minimum: 1, maximum: declaration.maximum ?? 5 }),
}

function numericBounds(declaration: Readonly<Record<string, unknown>>): JsonSchema {
  const { minimum, maximum } = declaration
  return { ...(minimum === undefined ? {} : { minimum }), ...(maximum === undefined ? {} : { maximum }) }
}
