import type { Queryable } from '../../database/index.ts'
import type { Catalog } from '../catalog/read-catalog.ts'
import type { SchemaSpec } from '../spec/schema-spec.ts'
import type { Facts, RetiredEntry } from './facts.ts'
import { RETIRED_TABLE } from './retired-records.ts'
import { qualified } from './statements.ts'
import { literal } from '../spec/literal.ts'

/** Reads what a plan must know: which tables hold rows, and what waits in retirement. */
export async function readFacts(
  sql: Queryable,
  { schema, spec, catalog, version }: { schema: string; spec: SchemaSpec; catalog: Catalog; version: number },
): Promise<Facts> {
  const retired = catalog.tables.has(RETIRED_TABLE) ? await readRetired(sql, schema) : []
  const retiredTables = retired.flatMap((entry) =>
    entry.kind === 'object' ? Object.values(entry.names) : [],
  )
  const tables = [...Object.keys(spec.objects), ...retiredTables].filter((name) => catalog.tables.has(name))
  return { version, retired, populated: await populated(sql, schema, tables) }
}

async function populated(
  sql: Queryable,
  schema: string,
  tables: readonly string[],
): Promise<ReadonlySet<string>> {
  if (tables.length === 0) return new Set()
  const rows = await sql.unsafe<{ name: string }[]>(
    tables
      .map(
        (name) =>
          `select ${literal(name, 'text')} as name where exists (select 1 from ${qualified(schema, name)})`,
      )
      .join(' union all '),
  )
  return new Set(rows.map(({ name }) => name))
}

async function readRetired(sql: Queryable, schema: string): Promise<RetiredEntry[]> {
  const rows = await sql.unsafe<RetiredRow[]>(
    `select "id", "version", "object", "field", "names", "spec" from ${qualified(schema, RETIRED_TABLE)} ` +
      `where "restored_version" is null order by "id" desc`,
  )
  return rows.map(({ field, ...row }) =>
    field === null
      ? ({ ...row, kind: 'object' } as RetiredEntry)
      : ({ ...row, kind: 'field', field } as RetiredEntry),
  )
}

interface RetiredRow {
  id: number
  version: number
  object: string
  field: string | null
  names: Record<string, string>
  spec: object
}
