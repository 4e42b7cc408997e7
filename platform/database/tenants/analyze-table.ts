import { identifier } from '../identifier.ts'
import type { Sql } from '../sql.ts'
import { schemaOf } from './tenant-names.ts'

/**
 * Makes PostgreSQL's statistics of a table of a tenant anew, which discards the plans made from the old ones. The
 * platform's role owns the table; that of the tenant may not do it.
 */
export async function analyzeTable(
  { platform }: { platform: Sql },
  { tenant, table }: { tenant: string; table: string },
): Promise<void> {
  await platform.unsafe(`analyze ${identifier(schemaOf(tenant))}.${identifier(table)}`)
}

/** How many rows a table of a tenant had when PostgreSQL last looked at it; 0 where it never has. */
export async function rowsKnownOf(
  { platform }: { platform: Sql },
  { tenant, table }: { tenant: string; table: string },
): Promise<number> {
  const [row] = await platform.unsafe<{ reltuples: number }[]>(
    'select greatest(reltuples, 0) as reltuples from pg_class where oid = $1::text::regclass',
    [`${identifier(schemaOf(tenant))}.${identifier(table)}`],
  )
  return row?.reltuples ?? 0
}
