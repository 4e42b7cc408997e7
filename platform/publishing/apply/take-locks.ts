import { qualified } from '../plan/statements.ts'
import type { LockLevel, Step } from '../plan/step.ts'
import type { Connection } from './publish-lock.ts'

const strongestFirst: readonly LockLevel[] = ['ACCESS EXCLUSIVE', 'SHARE ROW EXCLUSIVE', 'SHARE']

/** All locks together take less than PostgreSQL's deadlock_timeout (a second), or are given up. */
const LOCKING_MS = 600
/** Now and then longer: PostgreSQL lets an autovacuum go on until someone has waited for deadlock_timeout. */
const PATIENT_LOCKING_MS = 1_500
const PATIENT_EVERY = 4

/**
 * Takes all locks of the steps at the beginning of a transaction. Whoever waits for a table that we have, while we
 * wait for one that they have, is let through in time, before PostgreSQL ends their work as a deadlock. Tables that
 * refer come before those referred to: a write locks its own table first and then those that it refers to.
 */
export async function takeLocks(
  connection: Connection,
  { schema, steps, attempt }: { schema: string; steps: readonly Step[]; attempt: number },
): Promise<void> {
  const levels = new Map<string, LockLevel>()
  for (const level of strongestFirst)
    for (const { lock, locked } of steps)
      if (lock === level) for (const table of locked) if (!levels.has(table)) levels.set(table, level)
  if (levels.size === 0) return
  const tables = referringFirst([...levels.keys()].toSorted(), await references(connection, schema))
  const requests = tables.map(
    (table) => `lock table ${qualified(schema, table)} in ${levels.get(table)?.toLowerCase()} mode`,
  )
  // One message, so that the time limit counts for all of them.
  const limit = attempt % PATIENT_EVERY === 0 ? PATIENT_LOCKING_MS : LOCKING_MS
  await connection.unsafe(`set local statement_timeout = '${limit}ms'; set local lock_timeout = '${limit}ms'`)
  await connection.unsafe(inOneStatement(requests))
  await connection.unsafe('set local statement_timeout = 0')
}

function inOneStatement(requests: readonly string[]): string {
  return `do $locks$ begin ${requests.join('; ')}; end $locks$`
}

async function references(connection: Connection, schema: string): Promise<ReadonlyMap<string, string[]>> {
  const rows = await connection.unsafe<{ table: string; targets: string[] }[]>(
    `select c.relname as "table", array_agg(distinct t.relname::text) as targets
     from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_class t on t.oid = k.confrelid
     where k.contype = 'f' and c.relnamespace = to_regnamespace($1) group by 1`,
    [`"${schema}"`],
  )
  return new Map(rows.map(({ table, targets }) => [table, targets]))
}

/** Depth first; tables in a circle of references stand in any order. */
function referringFirst(
  tables: readonly string[],
  targets: ReadonlyMap<string, readonly string[]>,
): string[] {
  const seen = new Set<string>()
  const order: string[] = []
  const visit = (table: string) => {
    if (seen.has(table)) return
    seen.add(table)
    for (const target of targets.get(table) ?? []) visit(target)
    order.unshift(table)
  }
  for (const table of tables) visit(table)
  return order.filter((table) => tables.includes(table))
}
