import { identifier } from '../../database/identifier.ts'
import type { FieldModel, Model } from '../../definitions/model/model.ts'
import { readingsOf } from './readings.ts'
import { recordBinding } from './record-binding.ts'
import type { RollupComputation } from './schema-spec.ts'

/**
 * What a roll-up is made of. Counts, and sums of plain numbers, are 0 where nothing counts; everything else is
 * blank. Money whose currencies mix is blank: amounts of different currencies are never added. Deleted records
 * do not count.
 */
export function rollupComputation(model: Model, field: FieldModel): RollupComputation {
  const { rollup } = field
  if (rollup === undefined) throw new Error(`"${field.object}.${field.name}" is not a roll-up.`)
  const through = model.objects.get(rollup.of)?.fields.get(rollup.through)?.columns[0]
  if (through === undefined) throw new Error(`"${rollup.of}.${rollup.through}" is not a stored reference.`)
  const binding = recordBinding({ model, object: rollup.of, alias: 'source' })
  const column = `source.${identifier(through.name)}`
  const conditions = [`source."deleted_at" is null`, `${column} is not null`]
  if (rollup.where !== undefined) conditions.push(`(${rollup.where.toSql(binding, 'bound').sql})`)
  const value = rollup.field === undefined ? { sql: '*' } : binding.column(['record', rollup.field])
  return {
    of: rollup.of,
    through: column,
    condition: conditions.join(' and '),
    columns: field.columns.map(({ name, type }, at) => ({
      name,
      ...aggregates({ function: rollup.function, value, type, isCurrency: at > 0 }),
    })),
    ...readingsOf(model, field),
  }
}

const sqlFunctions = { sum: 'sum', minimum: 'min', maximum: 'max', average: 'avg' } as const

function aggregates({
  function: name,
  value,
  type,
  isCurrency,
}: {
  function: 'count' | keyof typeof sqlFunctions
  value: { sql: string; currency?: string }
  type: string
  isCurrency: boolean
}): { aggregate: string; empty: string } {
  if (name === 'count') return { aggregate: `count(*)::${type}`, empty: `0::${type}` }
  const plain = `${sqlFunctions[name]}(${value.sql})`
  if (value.currency === undefined) {
    const isZero = name === 'sum'
    return {
      aggregate: isZero ? `coalesce(${plain}, 0)::${type}` : `${plain}::${type}`,
      empty: isZero ? `0::${type}` : `null::${type}`,
    }
  }
  const result = isCurrency ? `min(${value.currency})` : plain
  return {
    aggregate: `(case when min(${value.currency}) = max(${value.currency}) then ${result} end)::${type}`,
    empty: `null::${type}`,
  }
}
