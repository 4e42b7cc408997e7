import { Decimal } from 'decimal.js'
import type { FieldModel, RollupModel } from '../../definitions/model/model.ts'
import type { Moment } from '../../language/types.ts'
import { isBlank } from '../../records/values.ts'
import { Unreconstructed } from './archive.ts'

type Row = Readonly<Record<string, unknown>>

/** More digits than any column holds, so that no sum is rounded. */
const Exact = Decimal.clone({ precision: 80 })

/**
 * What a roll-up came to over rows as they were.
 * @throws Unreconstructed for averages, whose rounding is the database's, and for sums of several currencies
 */
export function rollUp(
  field: FieldModel & { readonly rollup: RollupModel },
  rows: readonly Row[],
  moment: Moment,
): unknown {
  const { rollup } = field
  const counted = rows.filter(
    (record) => rollup.where === undefined || rollup.where.evaluate({ record }, moment) === true,
  )
  if (rollup.function === 'count') return counted.length
  const values = counted.map((row) => row[rollup.field ?? '']).filter((value) => !isBlank(value))
  switch (rollup.function) {
    case 'sum':
      return sumOf(field, values)
    case 'minimum':
    case 'maximum':
      return extremeOf(field, values)
    default:
      throw new Unreconstructed(`${field.object}.${field.name} is an average, which only the database rounds`)
  }
}

function sumOf(field: FieldModel, values: readonly unknown[]): unknown {
  if (field.expressionType.kind !== 'money')
    return written(
      field,
      values.reduce<Decimal>((sum, value) => sum.plus(String(value)), new Exact(0)),
    )
  const { currency, amounts } = amountsOf(field, values)
  return currency === undefined
    ? null
    : { amount: amounts.reduce((sum, amount) => sum.plus(amount), new Exact(0)).toFixed(), currency }
}

function extremeOf(field: FieldModel, values: readonly unknown[]): unknown {
  if (values.length === 0) return null
  const isMinimum = field.rollup?.function === 'minimum'
  const pick = (all: readonly Decimal[]) => (isMinimum ? Exact.min(...all) : Exact.max(...all))
  switch (field.expressionType.kind) {
    case 'money': {
      const { currency, amounts } = amountsOf(field, values)
      return { amount: pick(amounts).toFixed(), currency }
    }
    case 'int':
    case 'decimal':
      return written(field, pick(values.map((value) => new Exact(String(value)))))
    default: {
      // Dates and datetimes are written so that their texts are in order.
      const sorted = values.map(String).toSorted()
      return isMinimum ? sorted[0] : sorted.at(-1)
    }
  }
}

function amountsOf(field: FieldModel, values: readonly unknown[]) {
  const money = values as readonly { amount: string; currency: string }[]
  const [currency, ...others] = new Set(money.map((value) => value.currency))
  if (others.length > 0) throw new Unreconstructed(`${field.object}.${field.name} is over several currencies`)
  return { currency, amounts: money.map(({ amount }) => new Exact(amount)) }
}

function written(field: FieldModel, value: Decimal): unknown {
  return field.expressionType.kind === 'int' ? value.toNumber() : value.toFixed()
}
