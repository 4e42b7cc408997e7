import type { Queryable } from '../../database/index.ts'
import type { Difference } from './verify-tenant.ts'

/** One question to the database: which records are not as they should be. */
export interface Comparison {
  readonly kind: Difference['kind']
  readonly subject: string
  readonly message: string
  /** Query that gives the `id` of each record concerned. */
  readonly query: string
}

const EXAMPLES = 5

export async function differencesIn(
  sql: Queryable,
  { kind, subject, message, query }: Comparison,
): Promise<Difference[]> {
  const [row] = await sql.unsafe<{ count: number; examples: string[] | null }[]>(
    `select count(*)::int as count, (array_agg(id::text order by id))[1:${EXAMPLES}] as examples from (${query}) as wrong`,
  )
  if (row === undefined || row.count === 0) return []
  return [{ kind, subject, message, count: row.count, examples: row.examples ?? [] }]
}
