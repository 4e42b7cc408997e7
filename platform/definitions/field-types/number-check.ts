import { Decimal } from 'decimal.js'
import { accept, refuse, type ValueCheck } from './field-type.ts'
import { describeJson } from './text-check.ts'

const plainDecimal = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)$/

/** Exact decimals: wide enough for numeric(28,12) and any product of two. */
export const Exact = Decimal.clone({ precision: 80, toExpNeg: -80, toExpPos: 80 })

export interface DecimalLimits {
  readonly digits: number
  readonly scale: number
  readonly minimum?: number | string
  readonly maximum?: number | string
}

/** Checks a decimal given as a JSON number or a text; gives the canonical text with at most `scale` decimals. */
export function checkDecimal(value: unknown, limits: DecimalLimits): ValueCheck {
  if (typeof value !== 'number' && typeof value !== 'string')
    return refuse('type', `expected a number, got ${describeJson(value)}`)
  const text = typeof value === 'number' ? plainText(value) : value.trim()
  if (text === undefined || text.length > 100 || !plainDecimal.test(text))
    return refuse('type', `expected a number such as "12.50", got ${describeJson(value)}`)
  const number = new Exact(text)
  if (number.decimalPlaces() > limits.scale)
    return refuse('scale', `has ${number.decimalPlaces()} decimals; at most ${limits.scale} are kept`)
  if (number.abs().gte(new Exact(10).pow(limits.digits - limits.scale)))
    return refuse('range', `has more than ${limits.digits - limits.scale} digits before the point`)
  return checkRange(number, text, limits) ?? accept(number.isZero() ? '0' : number.toFixed())
}

function checkRange(number: Decimal, text: string, limits: DecimalLimits): ValueCheck | undefined {
  if (limits.minimum !== undefined && number.lt(limits.minimum))
    return refuse('range', `is ${text}; at least ${limits.minimum} is needed`)
  if (limits.maximum !== undefined && number.gt(limits.maximum))
    return refuse('range', `is ${text}; at most ${limits.maximum} is allowed`)
  return undefined
}

function plainText(value: number): string | undefined {
  return Number.isFinite(value) ? new Exact(value).toFixed() : undefined
}

/** Canonical text of a `numeric` as the driver gives it: no trailing zeros. */
export function canonicalDecimal(text: unknown): string | null {
  if (text === null || text === undefined) return null
  const number = String(text)
  if (!number.includes('.')) return number
  let end = number.length
  while (number.charCodeAt(end - 1) === 48) end--
  if (number.charCodeAt(end - 1) === 46) end--
  const trimmed = number.slice(0, end)
  return trimmed === '-0' ? '0' : trimmed
}
