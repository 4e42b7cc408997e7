import type { FieldMeta } from '#lib/shared/api/types.ts'
import type { ExprType } from '../../../../../platform/language/index.ts'
import { targetObject } from '../fields/reference-target.ts'

const simple: Readonly<Record<string, ExprType>> = {
  integer: { kind: 'int' },
  rating: { kind: 'int' },
  decimal: { kind: 'decimal' },
  percent: { kind: 'decimal' },
  money: { kind: 'money' },
  boolean: { kind: 'bool' },
  date: { kind: 'date' },
  datetime: { kind: 'datetime' },
  json: { kind: 'dyn' },
  choices: { kind: 'list', of: { kind: 'string' } },
  address: {
    kind: 'struct',
    fields: Object.fromEntries(
      ['street', 'city', 'region', 'postal_code', 'country'].map((part) => [
        part,
        { kind: 'string' } as const,
      ]),
    ),
  },
}

/** The type that a field has in expressions, as the server's field types declare it. */
export function expressionTypeOf(field: FieldMeta): ExprType {
  if (field.computed !== undefined)
    return simple[String(field.returns ?? field.options.returns)] ?? { kind: 'string' }
  if (field.lines !== undefined) return { kind: 'list', of: { kind: 'record', object: field.lines.object } }
  if (field.type === 'references')
    return { kind: 'list', of: { kind: 'record', object: targetObject(field) } }
  if (field.type === 'reference' || field.type === 'user')
    return { kind: 'record', object: targetObject(field) }
  return simple[field.type] ?? { kind: 'string' }
}
