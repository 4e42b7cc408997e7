/**
 * 64-bit integers: a JavaScript number where that is exact, else a bigint; null where the result leaves 64 bits.
 */
export type Integer = number | bigint

const minInteger = -(2n ** 63n)
const maxInteger = 2n ** 63n - 1n

/** The integer of a value in API form (a number, or a text of digits); null where it is none. */
export function parseInteger(value: unknown): Integer | null {
  if (typeof value === 'number') {
    if (Number.isSafeInteger(value)) return value === 0 ? 0 : value
    return Number.isInteger(value) ? narrow(BigInt(value)) : null
  }
  if (typeof value === 'bigint') return narrow(value)
  if (typeof value === 'string' && /^[+-]?\d{1,19}$/.test(value))
    return narrow(BigInt(value.replace('+', '')))
  return null
}

export function narrow(value: bigint): Integer | null {
  if (value > maxInteger || value < minInteger) return null
  const small = Number(value)
  return Number.isSafeInteger(small) ? small : value
}

export function addIntegers(a: Integer, b: Integer): Integer | null {
  if (typeof a === 'number' && typeof b === 'number') {
    const sum = a + b
    if (Number.isSafeInteger(sum)) return sum
  }
  return narrow(BigInt(a) + BigInt(b))
}

export function subtractIntegers(a: Integer, b: Integer): Integer | null {
  if (typeof a === 'number' && typeof b === 'number') {
    const difference = a - b
    if (Number.isSafeInteger(difference)) return difference
  }
  return narrow(BigInt(a) - BigInt(b))
}

export function multiplyIntegers(a: Integer, b: Integer): Integer | null {
  if (typeof a === 'number' && typeof b === 'number') {
    const product = a * b
    if (Number.isSafeInteger(product)) return product === 0 ? 0 : product
  }
  return narrow(BigInt(a) * BigInt(b))
}

/** Toward zero, as CEL and PostgreSQL divide integers; null where the divisor is zero. */
export function divideIntegers(a: Integer, b: Integer): Integer | null {
  return b === 0 ? null : narrow(BigInt(a) / BigInt(b))
}

/** The remainder has the sign of the dividend; null where the divisor is zero. */
export function remainderOfIntegers(a: Integer, b: Integer): Integer | null {
  return b === 0 ? null : narrow(BigInt(a) % BigInt(b))
}

export function negateInteger(a: Integer): Integer | null {
  return typeof a === 'number' ? 0 - a : narrow(-a)
}
