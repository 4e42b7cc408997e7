/**
 * Exact decimals as a whole number of 10^-20, so that JavaScript and PostgreSQL's `numeric` agree digit by digit.
 *
 * The rules, held alike in both: at most 20 fractional digits and 38 integer digits; a product or a quotient with
 * more fractional digits is rounded half away from zero at the 20th (what PostgreSQL's `round` does); a result of
 * 10^38 or more has no value (null).
 */
const fractionDigits = 20
export const decimalOne = 10n ** 20n
const decimalLimit = 10n ** 58n

const plain = /^[+-]?\d{1,60}(?:\.\d*)?$/
const scientific = /^([+-]?)(\d{0,60})(?:\.(\d{0,60}))?(?:[eE]([+-]?\d{1,3}))?$/

/** The decimal of a text or number in API form; null where it is none or lies outside the limits. */
export function parseDecimal(value: unknown): bigint | null {
  if (typeof value === 'number') {
    if (Number.isSafeInteger(value)) return BigInt(value) * decimalOne
    return Number.isFinite(value) ? parseScientific(String(value)) : null
  }
  if (typeof value === 'bigint') return limitDecimal(value * decimalOne)
  if (typeof value !== 'string') return null
  if (!plain.test(value)) return parseScientific(value)
  const point = value.indexOf('.')
  if (point < 0) return limitDecimal(BigInt(value.replace('+', '')) * decimalOne)
  if (value.length - point - 1 > fractionDigits) return parseScientific(value)
  const digits = value.slice(0, point) + value.slice(point + 1).padEnd(fractionDigits, '0')
  return limitDecimal(BigInt(digits.replace('+', '')))
}

/** The shortest text of a decimal: no exponent, no trailing zeros. */
export function formatDecimal(units: bigint): string {
  const negative = units < 0n
  const digits = (negative ? -units : units).toString().padStart(fractionDigits + 1, '0')
  const whole = digits.slice(0, -fractionDigits)
  let end = digits.length
  while (end > whole.length && digits.charCodeAt(end - 1) === 48) end--
  const fraction = digits.slice(whole.length, end)
  return (negative ? '-' : '') + whole + (fraction && '.' + fraction)
}

/** Null for what is outside the limits. */
export function limitDecimal(units: bigint): bigint | null {
  return units < decimalLimit && units > -decimalLimit ? units : null
}

export function multiplyDecimals(a: bigint, b: bigint): bigint | null {
  return limitDecimal(divideHalfAway(a * b, decimalOne))
}

/** Null where the divisor is zero. */
export function divideDecimals(a: bigint, b: bigint): bigint | null {
  return b === 0n ? null : limitDecimal(divideHalfAway(a * decimalOne, b))
}

/** Rounds half to even at the given number of digits after the point (negative: before the point). */
export function roundDecimal(units: bigint, digits: number): bigint | null {
  if (digits >= fractionDigits) return units
  if (digits <= -39) return 0n
  const step = 10n ** BigInt(fractionDigits - digits)
  const rest = units % step
  const lower = units - rest
  const twice = (rest < 0n ? -rest : rest) * 2n
  const isUp = twice > step || (twice === step && (lower / step) % 2n !== 0n)
  return limitDecimal(isUp ? lower + (units < 0n ? -step : step) : lower)
}

export function floorDecimal(units: bigint): bigint | null {
  const rest = units % decimalOne
  return limitDecimal(rest < 0n ? units - rest - decimalOne : units - rest)
}

function divideHalfAway(numerator: bigint, divisor: bigint): bigint {
  const doubled = (numerator * 2n) / divisor
  return (doubled + (doubled < 0n ? -1n : 1n)) / 2n
}

function parseScientific(text: string): bigint | null {
  const match = scientific.exec(text)
  if (!match) return null
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match
  if (whole + fraction === '') return null
  const shift = Number(exponent) - fraction.length + fractionDigits
  const digits = BigInt(whole + fraction)
  if (shift > 120) return digits === 0n ? 0n : null
  const units = shift >= 0 ? digits * 10n ** BigInt(shift) : divideHalfAway(digits, 10n ** BigInt(-shift))
  return limitDecimal(sign === '-' ? -units : units)
}
