import type { ExprType, Value } from '../types.ts'
import { formatDate, formatDatetime } from './date.ts'
import { formatDecimal } from './decimal.ts'
import { type Duration, formatDuration } from './duration.ts'
import { Box, boxOf } from './dynamic.ts'
import type { Money } from './money.ts'
import { plainReader } from './readers.ts'

/**
 * Values inside the language, by type: bool boolean, int number or bigint, decimal bigint (10^-20), money Money,
 * string string (never ''), date number (days), datetime number (ms), duration Duration, list array, map and record
 * and struct as they came, dyn Box. A blank is null.
 */
export type Inner = unknown

/** Reads a value in API form as one of the type; what is none of it is blank. */
export function readerFor(type: ExprType): (value: Value) => Inner {
  if (type.kind === 'dyn') return boxOf
  if (type.kind !== 'list') return plainReader(type)
  const read = readerFor(type.of)
  return (value) => (Array.isArray(value) ? value.map((element) => read(element)) : null)
}

/** Writes an inner value of the type in API form; a boolean is never blank. */
export function writerFor(type: ExprType): (value: Inner) => Value {
  if (type.kind === 'bool') return (value) => value === true
  const write = presentWriter(type)
  return (value) => (value === null ? null : write(value))
}

function presentWriter(type: ExprType): (value: Inner) => Value {
  switch (type.kind) {
    case 'int':
      return (value) => (typeof value === 'bigint' ? value.toString() : value)
    case 'decimal':
      return (value) => formatDecimal(value as bigint)
    case 'money':
      return (value) => {
        const { amount, currency } = value as Money
        return { amount: formatDecimal(amount), currency }
      }
    case 'date':
      return (value) => formatDate(value as number)
    case 'datetime':
      return (value) => formatDatetime(value as number)
    case 'duration':
      return (value) => formatDuration(value as Duration)
    case 'list': {
      const write = type.of.kind === 'bool' ? (value: Inner) => value : writerFor(type.of)
      return (value) => (value as Inner[]).map(write)
    }
    case 'map':
      return (value) => Object.fromEntries(Object.entries(value as object).map(writeMember))
    case 'dyn':
      return (value) => writeBox(value as Box)
    default:
      return (value) => value
  }
}

function writeMember([name, value]: [string, unknown]): [string, unknown] {
  return [name, value instanceof Box ? writeBox(value) : value]
}

function writeBox(box: Box): Value {
  return writerFor(box.type)(box.value)
}
