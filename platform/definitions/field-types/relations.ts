import { accept, refuse, type FieldType, type JsonSchema, type ValueCheck } from './field-type.ts'
import { describeJson } from './text-check.ts'

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

const where = {
  $ref: 'common.json#/$defs/expression',
  description:
    'Which records may be referred to: an expression over the candidate as `record`, and the record that refers (in a ' +
    'form, that whose process it is) as `referring`: `record.account == referring.account`.',
} as const satisfies JsonSchema

export const reference: FieldType = {
  name: 'reference',
  description: 'One record of another (or the same) object.',
  options: {
    to: { $ref: 'common.json#/$defs/name', description: 'The object referred to.' },
    on_delete: {
      enum: ['restrict', 'clear', 'cascade'],
      description:
        'What happens when the record referred to is deleted: refuse the deletion (restrict, the default), ' +
        'blank this field (clear), or delete this record too (cascade).',
    },
    where,
  },
  requiredOptions: ['to'],
  storage: 'stored',
  columns: () => [{ suffix: '', type: 'uuid' }],
  expressionType: ({ declaration }) => ({ kind: 'record', object: declaration.to as string }),
  check: checkIdentity,
  indexBytes: () => 16,
  operators: ['equals', 'not_equals', 'in', 'blank', 'not_blank'],
  valueSchema: () => ({ type: 'string', format: 'uuid' }),
}

export const user: FieldType = {
  ...reference,
  name: 'user',
  description: 'A person who works in the system.',
  options: { where },
  requiredOptions: [],
  expressionType: () => ({ kind: 'record', object: 'user' }),
}

export const references: FieldType = {
  name: 'references',
  description: 'Any number of records of another object (many to many).',
  options: { to: reference.options.to as JsonSchema, where },
  requiredOptions: ['to'],
  storage: 'relation',
  columns: () => [],
  expressionType: ({ declaration }) => ({
    kind: 'list',
    of: { kind: 'record', object: declaration.to as string },
  }),
  check(value) {
    if (!Array.isArray(value)) return refuse('type', `expected a list of ids, got ${describeJson(value)}`)
    if (value.length > 1_000)
      return refuse('too_long', `has ${value.length} entries; at most 1000 are allowed`)
    const checked = value.map(checkIdentity)
    const wrong = checked.find((entry) => !entry.ok)
    return wrong ?? accept([...new Set(checked.map((entry) => (entry.ok ? entry.value : null)))])
  },
  operators: ['contains', 'blank', 'not_blank'],
  valueSchema: () => ({ type: 'array', items: { type: 'string', format: 'uuid' } }),
}

export const lines: FieldType = {
  name: 'lines',
  description: 'Rows that belong to this record and are edited with it (an order and its lines).',
  options: {
    of: {
      type: 'string',
      pattern: '^[a-z][a-z0-9_]*\\.[a-z][a-z0-9_]*$',
      description: 'The child object and its reference to this one: `order_line.order`.',
    },
  },
  requiredOptions: ['of'],
  storage: 'relation',
  columns: () => [],
  expressionType: ({ declaration }) => ({
    kind: 'list',
    of: { kind: 'record', object: String(declaration.of).split('.')[0] as string },
  }),
  check(value) {
    if (!Array.isArray(value)) return refuse('type', `expected a list of rows, got ${describeJson(value)}`)
    if (value.length > 1_000) return refuse('too_long', `has ${value.length} rows; at most 1000 are allowed`)
    const wrong = value.findIndex((row) => typeof row !== 'object' || row === null || Array.isArray(row))
    return wrong < 0 ? accept(value) : refuse('type', `row ${wrong + 1} is not an object`)
  },
  operators: [],
  valueSchema: () => ({ type: 'array', items: { type: 'object' } }),
}

/** An id, or an expanded record with one (as reads give it). */
function checkIdentity(value: unknown): ValueCheck {
  const id = typeof value === 'object' && value !== null ? (value as { id?: unknown }).id : value
  const text = typeof id === 'string' ? id.toLowerCase() : ''
  return uuid.test(text)
    ? accept(text)
    : refuse('reference', `expected the id (a UUID) of a record, got ${describeJson(id)}`)
}
