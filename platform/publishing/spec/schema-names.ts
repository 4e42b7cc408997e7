import { createHash } from 'node:crypto'

/** PostgreSQL cuts longer names silently; two of ours must never become one. */
const LONGEST = 63

/** Objects cannot begin with `_`, so an index never takes the name of a table. */
export function indexName({
  table,
  columns,
  isUnique,
}: {
  table: string
  columns: readonly string[]
  isUnique: boolean
}): string {
  return fitting(`${isUnique ? '_key' : '_index'}_${table}_${columns.join('_')}`)
}

export function foreignKeyName(table: string, column: string): string {
  return fitting(`_reference_${table}_${column}`)
}

/** Where a column or table waits after it was retired by the version of that number. */
export function retiredName(version: number, name: string): string {
  return fitting(`_retired_${version}_${name}`)
}

/** What is named so belongs to a publish that is under way, or to one that was interrupted: never in use. */
export function preparedName(name: string): string {
  return fitting(`${PREPARED_PREFIX}${name}`)
}

export const PREPARED_PREFIX = '_preparing_'
export const RETIRED_PREFIX = '_retired_'

function fitting(name: string): string {
  if (Buffer.byteLength(name) <= LONGEST) return name
  const hash = createHash('sha256').update(name).digest('hex').slice(0, 8)
  return `${name.slice(0, LONGEST - 9)}_${hash}`
}
