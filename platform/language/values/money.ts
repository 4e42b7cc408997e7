import { limitDecimal, parseDecimal } from './decimal.ts'

/** An amount (in the unit of decimals) of a currency. */
export interface Money {
  readonly amount: bigint
  readonly currency: string
}

/** The money of `{amount, currency}`; null where either is missing or no value. */
export function parseMoney(value: unknown): Money | null {
  if (typeof value !== 'object' || value === null || !('amount' in value) || !('currency' in value))
    return null
  return moneyOf(parseDecimal(value.amount), value.currency)
}

export function moneyOf(amount: bigint | null, currency: unknown): Money | null {
  return amount === null || typeof currency !== 'string' || currency === '' ? null : { amount, currency }
}

/** Null where the currencies differ: amounts of different currencies are never added silently. */
export function addMoney(a: Money, b: Money): Money | null {
  return a.currency === b.currency ? moneyOf(limitDecimal(a.amount + b.amount), a.currency) : null
}

export function subtractMoney(a: Money, b: Money): Money | null {
  return a.currency === b.currency ? moneyOf(limitDecimal(a.amount - b.amount), a.currency) : null
}
