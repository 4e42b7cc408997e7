import type { ExprType, Value } from '../types.ts'
import { expressionTypes } from '../expression-types.ts'
import { parseDecimal } from './decimal.ts'
import { parseInteger } from './integer.ts'
import { parseMoney } from './money.ts'
import { plainReader } from './readers.ts'

/**
 * A dyn value: what it is, found when it was read. Maps that come from outside hold members in API form, maps that
 * an expression makes hold boxes.
 */
export class Box {
  readonly type: ExprType
  readonly value: unknown

  constructor(type: ExprType, value: unknown) {
    this.type = type
    this.value = value
  }
}

const dynList: ExprType = { kind: 'list', of: expressionTypes.dyn }
const dynMap: ExprType = { kind: 'map', of: expressionTypes.dyn }

/** What a value in API form is by itself; a blank is null. Texts stay texts, also where they look like dates. */
export function boxOf(value: Value): Box | null {
  switch (typeof value) {
    case 'boolean':
      return new Box(expressionTypes.bool, value)
    case 'string':
      return value === '' ? null : new Box(expressionTypes.string, value)
    case 'number':
    case 'bigint':
      return boxOfNumber(value)
    case 'object':
      return value === null ? null : boxOfObject(value)
    default:
      return null
  }
}

/** The box of an inner value of a known type. */
export function boxInner(type: ExprType, value: unknown): Box | null {
  if (value === null) return null
  if (type.kind === 'dyn') return value as Box
  if (type.kind !== 'list' || type.of.kind === 'dyn') return new Box(type, value)
  const of = type.of
  return new Box(
    dynList,
    (value as unknown[]).map((element) => boxInner(of, element)),
  )
}

/** The inner value of a box as the type that is needed; texts in API form become dates, decimals and so on. */
export function narrowBox(box: Box | null, type: ExprType): unknown {
  if (box === null) return null
  if (type.kind === 'dyn') return box
  if (box.type.kind === type.kind) {
    if (type.kind !== 'list' || type.of.kind === 'dyn') return box.value
    const of = type.of
    return (box.value as (Box | null)[]).map((element) => narrowBox(element, of))
  }
  if (box.type.kind === 'int' && type.kind === 'decimal') return parseDecimal(box.value)
  if (box.type.kind === 'string' && type.kind !== 'list') return plainReader(type)(box.value)
  if (box.type.kind === 'map' && (type.kind === 'record' || type.kind === 'struct')) {
    return plainReader(type)(box.value)
  }
  return null
}

function boxOfNumber(value: number | bigint): Box | null {
  const integer = parseInteger(value)
  if (integer !== null) return new Box(expressionTypes.int, integer)
  const decimal = parseDecimal(value)
  return decimal === null ? null : new Box(expressionTypes.decimal, decimal)
}

function boxOfObject(value: object): Box | null {
  if (value instanceof Box) return value
  if (Array.isArray(value)) return new Box(dynList, value.map(boxOf))
  if (value instanceof Date) return new Box(expressionTypes.datetime, value.getTime())
  const money = Object.keys(value).length === 2 ? parseMoney(value) : null
  return money ? new Box(expressionTypes.money, money) : new Box(dynMap, value)
}
