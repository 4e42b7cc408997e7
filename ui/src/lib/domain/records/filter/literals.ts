import type { FieldMeta } from '#lib/shared/api/types.ts'
import { isMoney } from '#lib/shared/i18n/formats.ts'
import { idOf } from '../../fields/reference-target.ts'
import type { Literal } from './clause.ts'

/** The literal of a value that the editor of a field gave; undefined for a blank. */
export function literalOf(field: FieldMeta, value: unknown): Literal | undefined {
  if (value === null || value === undefined || value === '') return undefined
  const type = field.computed === undefined ? field.type : String(field.returns ?? field.options.returns)
  if (isMoney(value)) return { type: 'number', value: value.amount }
  if (['integer', 'decimal', 'percent', 'rating', 'money'].includes(type))
    return { type: 'number', value: String(value) }
  if (type === 'boolean') return { type: 'boolean', value: value === true }
  if (type === 'date' || type === 'datetime') return { type, value: String(value) }
  return { type: 'text', value: idOf(value) ?? String(value) }
}

/** The value that the editor or cell of a field shows for a literal. */
export function valueOf(field: FieldMeta, literal: Literal | undefined, currency: string): unknown {
  if (literal === undefined) return null
  const type = field.computed === undefined ? field.type : String(field.returns ?? field.options.returns)
  return type === 'money' ? { amount: String(literal.value), currency } : literal.value
}
