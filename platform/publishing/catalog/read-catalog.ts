import type { Queryable } from '../../database/index.ts'

/** What is really there: the tables of a tenant's schema as PostgreSQL's catalogue has them. */
export interface Catalog {
  readonly tables: ReadonlyMap<string, CatalogTable>
}

export interface CatalogTable {
  readonly columns: ReadonlyMap<string, CatalogColumn>
  readonly indexes: ReadonlyMap<string, CatalogIndex>
  /** Foreign keys by name: whether the rows that were there before were checked. */
  readonly foreignKeys: ReadonlyMap<string, { readonly isValidated: boolean }>
}

export interface CatalogColumn {
  /** As PostgreSQL writes it: `timestamp(3) with time zone`. */
  readonly type: string
  readonly isGenerated: boolean
}

export interface CatalogIndex {
  readonly isValid: boolean
  readonly isUnique: boolean
  readonly columns: readonly string[]
}

export async function readCatalog(sql: Queryable, schema: string): Promise<Catalog> {
  const tables = new Map<string, MutableTable>()
  const names = await sql.unsafe<{ table: string }[]>(
    `select relname as "table" from pg_class where relnamespace = to_regnamespace($1) and relkind = 'r'`,
    [`"${schema}"`],
  )
  for (const { table } of names)
    tables.set(table, { columns: new Map(), indexes: new Map(), foreignKeys: new Map() })
  const [columns, indexes, keys] = await Promise.all([
    sql.unsafe<ColumnRow[]>(columnQuery, [`"${schema}"`]),
    sql.unsafe<IndexRow[]>(indexQuery, [`"${schema}"`]),
    sql.unsafe<KeyRow[]>(keyQuery, [`"${schema}"`]),
  ])
  for (const { table, name, type, generated } of columns)
    tables.get(table)?.columns.set(name, { type, isGenerated: generated })
  for (const { table, name, valid, unique, columns: over } of indexes)
    tables.get(table)?.indexes.set(name, { isValid: valid, isUnique: unique, columns: over })
  for (const { table, name, validated } of keys)
    tables.get(table)?.foreignKeys.set(name, { isValidated: validated })
  return { tables }
}

interface MutableTable {
  readonly columns: Map<string, CatalogColumn>
  readonly indexes: Map<string, CatalogIndex>
  readonly foreignKeys: Map<string, { readonly isValidated: boolean }>
}

interface ColumnRow {
  table: string
  name: string
  type: string
  generated: boolean
}
const columnQuery = `
  select c.relname as "table", a.attname as name, format_type(a.atttypid, a.atttypmod) as type,
    a.attgenerated <> '' as generated
  from pg_attribute a join pg_class c on c.oid = a.attrelid
  where c.relnamespace = to_regnamespace($1) and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped
  order by a.attnum`

interface IndexRow {
  table: string
  name: string
  valid: boolean
  unique: boolean
  columns: string[]
}
const indexQuery = `
  select c.relname as "table", i.relname as name, x.indisvalid as valid, x.indisunique as unique,
    array(
      select coalesce(a.attname, '') from unnest(x.indkey::int2[]) with ordinality as k (number, place)
      left join pg_attribute a on a.attrelid = x.indrelid and a.attnum = k.number order by k.place
    )::text[] as columns
  from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class c on c.oid = x.indrelid
  where c.relnamespace = to_regnamespace($1) and not x.indisprimary`

interface KeyRow {
  table: string
  name: string
  validated: boolean
}
const keyQuery = `
  select c.relname as "table", k.conname as name, k.convalidated as validated
  from pg_constraint k join pg_class c on c.oid = k.conrelid
  where c.relnamespace = to_regnamespace($1) and k.contype = 'f'`
