import { expressionTypes as t } from '../expression-types.ts'
import { clampDecimal, clampInteger, numeric, type Sql } from '../sql/fragment.ts'
import { divideDecimals, limitDecimal, multiplyDecimals } from '../values/decimal.ts'
import {
  addIntegers,
  divideIntegers,
  multiplyIntegers,
  negateInteger,
  remainderOfIntegers,
  subtractIntegers,
} from '../values/integer.ts'
import { addMoney, type Money, moneyOf, subtractMoney } from '../values/money.ts'
import { type LanguageFunction, overload } from './define.ts'
import { timeOperators } from './time-arithmetic.ts'

/** The operators on numbers, money, text and times. */
export const operators: readonly LanguageFunction[] = [
  {
    name: '+',
    description: 'Adds; joins texts and lists. Money adds within one currency only.',
    overloads: [
      overload([[t.int, t.int], t.int], addIntegers, (args) => integers(args, '+')),
      overload(
        [[t.decimal, t.decimal], t.decimal],
        (a: bigint, b: bigint) => limitDecimal(a + b),
        ([a, b]) => clampDecimal(`(${a!.sql} + ${b!.sql})`),
      ),
      overload([[t.money, t.money], t.money], addMoney, (args) => sameCurrency(args, '+')),
      overload(
        [[t.string, t.string], t.string],
        (a: string, b: string) => a + b,
        ([a, b]) => ({ sql: `(${a!.sql} || ${b!.sql})` }),
      ),
      ...timeOperators.plus,
    ],
  },
  {
    name: '-',
    description: 'Subtracts; the difference of two dates or datetimes is a duration.',
    overloads: [
      overload([[t.int, t.int], t.int], subtractIntegers, (args) => integers(args, '-')),
      overload(
        [[t.decimal, t.decimal], t.decimal],
        (a: bigint, b: bigint) => limitDecimal(a - b),
        ([a, b]) => clampDecimal(`(${a!.sql} - ${b!.sql})`),
      ),
      overload([[t.money, t.money], t.money], subtractMoney, (args) => sameCurrency(args, '-')),
      ...timeOperators.minus,
    ],
  },
  {
    name: '*',
    description: 'Multiplies numbers, money by a number, a duration by a whole number.',
    overloads: [
      overload([[t.int, t.int], t.int], multiplyIntegers, (args) => integers(args, '*')),
      overload([[t.decimal, t.decimal], t.decimal], multiplyDecimals, ([a, b]) => product(a!.sql, b!.sql)),
      overload(
        [[t.money, t.decimal], t.money],
        (a: Money, b: bigint) => moneyOf(multiplyDecimals(a.amount, b), a.currency),
        ([a, b]) => ({ ...product(a!.sql, b!.sql), currency: a!.currency! }),
      ),
      overload(
        [[t.decimal, t.money], t.money],
        (a: bigint, b: Money) => moneyOf(multiplyDecimals(a, b.amount), b.currency),
        ([a, b]) => ({ ...product(a!.sql, b!.sql), currency: b!.currency! }),
      ),
      ...timeOperators.times,
    ],
  },
  {
    name: '/',
    description: 'Divides. Two ints give an int, cut off toward zero. Blank where the divisor is 0.',
    overloads: [
      overload([[t.int, t.int], t.int], divideIntegers, ([a, b]) =>
        clampInteger(`div(${numeric(a!)}, nullif(${numeric(b!)}, 0))`),
      ),
      overload([[t.decimal, t.decimal], t.decimal], divideDecimals, ([a, b]) => quotient(a!.sql, b!.sql)),
      overload(
        [[t.money, t.decimal], t.money],
        (a: Money, b: bigint) => moneyOf(divideDecimals(a.amount, b), a.currency),
        ([a, b]) => ({ ...quotient(a!.sql, b!.sql), currency: a!.currency! }),
      ),
      overload(
        [[t.money, t.money], t.decimal],
        (a: Money, b: Money) => (a.currency === b.currency ? divideDecimals(a.amount, b.amount) : null),
        ([a, b]) => ({
          sql: `CASE WHEN ${a!.currency} = ${b!.currency} THEN ${quotient(a!.sql, b!.sql).sql} END`,
        }),
      ),
    ],
  },
  {
    name: '%',
    description:
      'The remainder of dividing two ints, with the sign of the first. Blank where the divisor is 0.',
    overloads: [
      overload([[t.int, t.int], t.int], remainderOfIntegers, ([a, b]) => ({
        sql: `mod(${numeric(a!)}, nullif(${numeric(b!)}, 0))`,
      })),
    ],
  },
  {
    name: '-_',
    description: 'The value with the other sign.',
    overloads: [
      overload([[t.int], t.int], negateInteger, ([a]) => clampInteger(`(- ${numeric(a!)})`)),
      overload(
        [[t.decimal], t.decimal],
        (a: bigint) => -a,
        ([a]) => ({ sql: `(- ${a!.sql})` }),
      ),
      overload(
        [[t.money], t.money],
        (a: Money) => moneyOf(-a.amount, a.currency),
        ([a]) => ({ sql: `(- ${a!.sql})`, currency: a!.currency! }),
      ),
      ...timeOperators.negate,
    ],
  },
]

function integers([a, b]: readonly Sql[], operator: string): Sql {
  return clampInteger(`(${numeric(a!)} ${operator} ${numeric(b!)})`)
}

function sameCurrency([a, b]: readonly Sql[], operator: string): Sql {
  const sum = clampDecimal(`(${a!.sql} ${operator} ${b!.sql})`).sql
  return { sql: `CASE WHEN ${a!.currency} = ${b!.currency} THEN ${sum} END`, currency: a!.currency! }
}

function product(a: string, b: string): Sql {
  return clampDecimal(`round(${a} * ${b}, 20)`)
}

// PostgreSQL chooses the scale of a quotient by its operands, but `div` is exact: twice the quotient in units of
// 10^-20, cut off, then halved and rounded half away from zero, as divideDecimals does
function quotient(a: string, b: string): Sql {
  return clampDecimal(`(round(div(${a} * 2e20, nullif(${b}, 0)) * 0.5) * 1e-20)`)
}
