import type { ExprType, Value } from '../types.ts'
import { parseDate, parseDatetime } from './date.ts'
import { parseDecimal } from './decimal.ts'
import { parseDuration } from './duration.ts'
import { parseInteger } from './integer.ts'
import { parseMoney } from './money.ts'

/** Reads a value in API form as one of a type other than list and dyn; what is none of it is blank. */
export function plainReader(type: ExprType): (value: Value) => unknown {
  switch (type.kind) {
    case 'bool':
      return (value) => (typeof value === 'boolean' ? value : null)
    case 'int':
      return parseInteger
    case 'decimal':
      return parseDecimal
    case 'string':
      return (value) => (typeof value === 'string' && value !== '' ? value : null)
    case 'money':
      return parseMoney
    case 'date':
      return parseDate
    case 'datetime':
      return parseDatetime
    case 'duration':
      return parseDuration
    case 'record':
      return (value) => (idOf(value) === null ? null : value)
    case 'map':
    case 'struct':
      return (value) => (typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null)
    default:
      return () => null
  }
}

/** The id of a reference in API form (an id, or an object with `id`); null for a blank. */
export function idOf(value: unknown): string | null {
  if (typeof value === 'string') return value === '' ? null : value
  if (typeof value !== 'object' || value === null || !('id' in value)) return null
  return typeof value.id === 'string' && value.id !== '' ? value.id : null
}
