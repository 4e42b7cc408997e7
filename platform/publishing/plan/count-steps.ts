import type { Queryable } from '../../database/index.ts'
import { qualified } from './statements.ts'
import type { Step, ValueCheck } from './step.ts'
import type { Refusal } from './step-collector.ts'

/**
 * Counts on the database what the steps touch and what they would put out of reach, and looks for values that
 * they cannot carry. A step that would hide a value nobody has entered loses nothing and needs no consent.
 */
export async function countSteps(
  sql: Queryable,
  { schema, steps }: { schema: string; steps: readonly Step[] },
): Promise<{ steps: Step[]; refusals: Refusal[] }> {
  const rows = new Map<string, number>()
  const refusals: Refusal[] = []
  const counted: Step[] = []
  for (const step of steps) {
    const table = step.countedTable
    if (table !== undefined && !rows.has(table))
      rows.set(table, await count(sql, `select count(*)::int as count from ${qualified(schema, table)}`))
    const valuesAtStake = step.atStake === undefined ? undefined : await count(sql, step.atStake)
    for (const check of step.checks ?? []) refusals.push(...(await misfits(sql, step.subject, check)))
    counted.push({
      ...step,
      ...(table === undefined ? {} : { rows: rows.get(table) }),
      ...(valuesAtStake === undefined ? {} : { valuesAtStake }),
      ...(valuesAtStake === 0 ? { class: 'safe' as const } : {}),
    })
  }
  return { steps: counted, refusals }
}

async function count(sql: Queryable, query: string): Promise<number> {
  const [row] = await sql.unsafe<{ count: number }[]>(query)
  return row?.count ?? 0
}

async function misfits(
  sql: Queryable,
  subject: string,
  { query, message, remedy }: ValueCheck,
): Promise<Refusal[]> {
  const found = await sql.unsafe<{ value: string | null; count: number }[]>(query)
  if (found.length === 0) return []
  const examples = found.map(({ value, count: times }) => `${JSON.stringify(value)} (${times} records)`)
  return [{ subject, message: `${message}: ${examples.join(', ')}.`, remedy }]
}
