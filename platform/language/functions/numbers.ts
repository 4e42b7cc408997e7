import { expressionTypes as t } from '../expression-types.ts'
import { clampDecimal, clampInteger, numeric, type Sql, type SqlTools } from '../sql/fragment.ts'
import type { ExprType } from '../types.ts'
import { floorDecimal, roundDecimal } from '../values/decimal.ts'
import { type Integer, negateInteger } from '../values/integer.ts'
import { type Money, moneyOf } from '../values/money.ts'
import { type LanguageFunction, type Overload, overload } from './define.ts'

/** Functions on numbers and money. */
export const numberFunctions: readonly LanguageFunction[] = [
  {
    name: 'round',
    description: 'Rounds half to even, to whole numbers or to the given number of digits after the point.',
    overloads: [
      ...onDecimals(
        (amount) => roundDecimal(amount, 0),
        (amount) => rounded(amount, 0),
      ),
      overload([[t.decimal, t.int], t.decimal], roundTo, (args, tools) => roundedTo(args, tools)),
      overload(
        [[t.money, t.int], t.money],
        (value: Money, digits: Integer) => moneyOf(roundTo(value.amount, digits), value.currency),
        (args, tools) => ({ ...roundedTo(args, tools), currency: args[0]!.currency! }),
      ),
    ],
  },
  {
    name: 'floor',
    description: 'The largest whole number that is not above the value.',
    overloads: onDecimals(floorDecimal, (amount) => clampDecimal(`floor(${amount})`)),
  },
  {
    name: 'ceil',
    description: 'The smallest whole number that is not below the value.',
    overloads: onDecimals(
      (amount) => {
        const floor = floorDecimal(-amount)
        return floor === null ? null : -floor
      },
      (amount) => clampDecimal(`ceil(${amount})`),
    ),
  },
  {
    name: 'abs',
    description: 'The value without its sign.',
    overloads: [
      overload(
        [[t.int], t.int],
        (a: Integer) => (a < 0 ? negateInteger(a) : a),
        ([a]) => clampInteger(`abs(${numeric(a!)})`),
      ),
      ...onDecimals(
        (amount) => (amount < 0n ? -amount : amount),
        (amount) => ({ sql: `abs(${amount})` }),
      ),
    ],
  },
  {
    name: 'min',
    description: 'The smallest of the values; blanks are passed over.',
    overloads: [t.int, t.decimal, t.date, t.datetime].map((type) => extreme(type, 'least', (a, b) => a < b)),
  },
  {
    name: 'max',
    description: 'The largest of the values; blanks are passed over.',
    overloads: [t.int, t.decimal, t.date, t.datetime].map((type) =>
      extreme(type, 'greatest', (a, b) => a > b),
    ),
  },
  {
    name: 'money',
    description: 'An amount of a currency, such as money(12.5, "EUR").',
    overloads: [
      overload([[t.decimal, t.string], t.money], moneyOf, ([amount, currency]) => ({
        sql: `CASE WHEN ${currency!.sql} IS NOT NULL THEN ${amount!.sql} END`,
        currency: currency!.sql,
      })),
    ],
  },
]

function onDecimals(run: (amount: bigint) => bigint | null, sql: (amount: string) => Sql): Overload[] {
  return [
    overload([[t.decimal], t.decimal], run, ([a]) => sql(a!.sql)),
    overload(
      [[t.money], t.money],
      (value: Money) => moneyOf(run(value.amount), value.currency),
      ([a]) => ({ ...sql(a!.sql), currency: a!.currency! }),
    ),
  ]
}

function roundTo(amount: bigint, digits: Integer): bigint | null {
  return roundDecimal(amount, Number(digits))
}

function roundedTo([amount]: readonly Sql[], tools: SqlTools): Sql {
  const digits = tools.constant(1)
  if (digits === undefined) tools.refuse('round() needs a fixed number of digits in SQL')
  if (digits === null) return { sql: 'NULL::numeric' }
  return rounded(amount!.sql, Math.max(-39, Math.min(20, Number(digits))))
}

// PostgreSQL rounds half away from zero: a half whose whole part is even is moved inward first
function rounded(amount: string, digits: number): Sql {
  const scaled = digits === 0 ? amount : `(${amount} * 1e${digits})`
  const inward = `CASE mod(${scaled}, 2) WHEN 0.5 THEN 0.1 WHEN -0.5 THEN -0.1 ELSE 0 END`
  const whole = `round(${scaled} - ${inward})`
  return clampDecimal(digits === 0 ? whole : `(${whole} * 1e${-digits})`)
}

function extreme(type: ExprType, sql: string, isBetter: (a: number, b: number) => boolean): Overload {
  return overload(
    [[type, type], type],
    (...values: unknown[]) => {
      let best: unknown = null
      // the moment, last, is no value
      for (const value of values.slice(0, -1)) {
        if (value !== null && (best === null || isBetter(value as number, best as number))) best = value
      }
      return best
    },
    (args) => ({ sql: `${sql}(${args.map((arg) => (type === t.int ? numeric(arg) : arg.sql)).join(', ')})` }),
    { rest: type, blank: 'own' },
  )
}
