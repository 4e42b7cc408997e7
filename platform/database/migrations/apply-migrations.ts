import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Queryable, Transaction } from '../sql.ts'

interface Migration {
  readonly name: string
  readonly text: string
  readonly hash: string
}

/**
 * Applies the migrations of a folder to a schema, in the order of their names, and records them in the
 * schema's table `_migration`. What is recorded is passed over. The caller holds the lock.
 * @returns the names of those that were applied
 * @throws when the text of an applied migration has changed since
 */
export async function applyMigrations(
  sql: Transaction,
  { folder, schema }: { folder: string; schema: string },
): Promise<string[]> {
  await sql.unsafe(`
    create schema if not exists "${schema}";
    set local search_path to "${schema}";
    create table if not exists _migration (
      name text primary key, hash text not null, applied_at timestamptz(3) not null default now())`)
  const waiting = await waitingMigrations(sql, { folder, schema })
  for (const { name, text, hash } of waiting) {
    await sql.unsafe(text)
    await sql`insert into _migration (name, hash) values (${name}, ${hash})`
  }
  return waiting.map(({ name }) => name)
}

/**
 * The migrations of a folder that have not been applied to a schema, in order.
 * @throws when the text of an applied migration has changed since
 */
export async function waitingMigrations(
  sql: Queryable,
  { folder, schema }: { folder: string; schema: string },
): Promise<Migration[]> {
  const applied = await readApplied(sql, schema)
  return readMigrations(folder).filter(({ name, hash }) => {
    const known = applied.get(name)
    if (known !== undefined && known !== hash)
      throw new Error(
        `The migration ${join(folder, name)}.sql was changed after it had been applied to the schema ` +
          `"${schema}". Restore its text, and write what you want to change as a new migration.`,
      )
    return known === undefined
  })
}

async function readApplied(sql: Queryable, schema: string): Promise<Map<string, string>> {
  const table = `"${schema}"._migration`
  const [found] = await sql<{ table: string | null }[]>`select to_regclass(${table}) as table`
  if (!found?.table) return new Map()
  const rows = await sql.unsafe<{ name: string; hash: string }[]>(`select name, hash from ${table}`)
  return new Map(rows.map((row) => [row.name, row.hash]))
}

function readMigrations(folder: string): Migration[] {
  const files = readdirSync(folder).filter((file) => file.endsWith('.sql'))
  return files.toSorted().map((file) => {
    // drizzle-kit writes "public" where a table names no schema; ours is the one in the search path.
    const text = readFileSync(join(folder, file), 'utf8').replaceAll('"public".', '')
    return {
      name: file.slice(0, -'.sql'.length),
      text,
      hash: createHash('sha256').update(text).digest('hex'),
    }
  })
}
