import type { CompareOperator } from '../tree.ts'
import type { ExprType } from '../types.ts'
import { numeric, type Sql } from './fragment.ts'

interface Sides {
  readonly left: Sql
  readonly right: Sql
}

const symbols: Readonly<Record<CompareOperator, string>> = {
  '==': '=',
  '!=': '<>',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
}

/** A comparison of two values of one type (or money with decimal); null where a side is blank. */
export function sqlComparison(operator: CompareOperator, { left, right }: Sides, type: ExprType): Sql {
  const symbol = symbols[operator]
  switch (type.kind) {
    case 'int': {
      const isInteger = left.isInteger && right.isInteger
      const sides = isInteger ? [left.sql, right.sql] : [numeric(left), numeric(right)]
      return loose(`(${sides[0]} ${symbol} ${sides[1]})`)
    }
    case 'string': {
      const isOrder = operator !== '==' && operator !== '!='
      return loose(`(${left.sql}${isOrder ? ' COLLATE "C"' : ''} ${symbol} ${right.sql})`)
    }
    case 'money':
      return moneyComparison(operator, { left, right })
    case 'duration':
      return loose(`(${length(left)} ${symbol} ${length(right)})`)
    default:
      return loose(`(${left.sql} ${symbol} ${right.sql})`)
  }
}

/** Whether two values of one type differ, two blanks being alike; never null. */
export function sqlDifference({ left, right }: Sides, type: ExprType): Sql {
  const sides =
    type.kind === 'duration'
      ? [length(left), length(right)]
      : type.kind === 'int'
        ? [numeric(left), numeric(right)]
        : [left.sql, right.sql]
  const differs = `${sides[0]} IS DISTINCT FROM ${sides[1]}`
  if (type.kind !== 'money') return { sql: `(${differs})` }
  return { sql: `(${differs} OR ${left.currency} IS DISTINCT FROM ${right.currency})` }
}

function moneyComparison(operator: CompareOperator, { left, right }: Sides): Sql {
  const amounts = `${left.sql} ${symbols[operator]} ${right.sql}`
  const [a, b] = [left.currency, right.currency]
  if (a === undefined || b === undefined) return loose(`(${amounts})`)
  if (operator !== '!=') return loose(`(${a} = ${b} AND ${amounts})`)
  return loose(`(${amounts} OR (${a} <> ${b} AND ${left.sql} IS NOT NULL AND ${right.sql} IS NOT NULL))`)
}

// A month counts as 30 days, as durationLength has it
function length({ sql, months }: Sql): string {
  return months === '0' || months === undefined ? sql : `(${months} * 2592000000 + ${sql})`
}

function loose(sql: string): Sql {
  return { sql, isLoose: true }
}
