import { identifier } from '../../database/identifier.ts'
import type { RollupComputation } from './schema-spec.ts'

/**
 * The statement that writes a roll-up into the rows whose value differs, and into no others. Neither version nor
 * history of a record is touched: nobody changed it.
 * @param column maps the roll-up's columns to the ones written
 * @param isBatch takes only records with an id above `$1` and up to `$2`
 */
export function fillRollup({
  schema,
  table,
  computation,
  column = (name) => name,
  isBatch = false,
}: {
  schema: string
  table: string
  computation: RollupComputation
  column?: (name: string) => string
  isBatch?: boolean
}): string {
  const target = `${identifier(schema)}.${identifier(table)}`
  const names = computation.columns.map(({ name }) => ({
    written: identifier(column(name)),
    name: identifier(name),
  }))
  const written = names.map((name) => `target.${name.written}`).join(', ')
  const computed = names.map(({ name }) => `result.${name}`).join(', ')
  return (
    `update ${target} as target set ${names.map(({ written, name }) => `${written} = result.${name}`).join(', ')} ` +
    `from (${rollupResults({ schema, table, computation, isBatch })}) as result ` +
    `where target."id" = result."id" and (${written}) is distinct from (${computed})`
  )
}

/** The right values of a roll-up, one row for each record of the table: id and the roll-up's columns. */
export function rollupResults({
  schema,
  table,
  computation,
  isBatch = false,
}: {
  schema: string
  table: string
  computation: RollupComputation
  isBatch?: boolean
}): string {
  const { of, through, condition, columns } = computation
  const within = (id: string) => (isBatch ? ` and ${id} > $1::uuid and ${id} <= $2::uuid` : '')
  const sums = columns.map(({ name, aggregate }) => `${aggregate} as ${identifier(name)}`).join(', ')
  const values = columns.map(
    ({ name, empty }) =>
      `case when sums."id" is null then ${empty} else sums.${identifier(name)} end as ${identifier(name)}`,
  )
  return (
    `select each."id", ${values.join(', ')} from ${identifier(schema)}.${identifier(table)} as each ` +
    `left join (select ${through} as "id", ${sums} from ${identifier(schema)}.${identifier(of)} as source ` +
    `where ${condition}${within(through)} group by ${through}) as sums on sums."id" = each."id" ` +
    `where true${within('each."id"')}`
  )
}
