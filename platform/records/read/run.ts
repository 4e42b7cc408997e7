import type { Queryable } from '../../database/sql.ts'
import { parameterValues, type Statement } from '../../database/statement.ts'

/** Runs a compiled statement as a prepared one; rows come as arrays in column order. */
export async function runStatement(
  sql: Queryable,
  statement: Statement,
  environment: Readonly<Record<string, unknown>>,
): Promise<readonly (readonly unknown[])[]> {
  const values = parameterValues(statement, environment)
  return await sql.unsafe(statement.text, values as never[], { prepare: true }).values()
}
