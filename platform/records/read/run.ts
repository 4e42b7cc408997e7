import { parameterValues, type Statement } from '../../database/statement.ts'
import type { UnitOfWork } from '../unit-of-work.ts'

/** Runs a compiled statement as a prepared one; rows come as arrays in column order. */
export async function runStatement(
  unit: Pick<UnitOfWork, 'sql' | 'moment'>,
  statement: Statement,
  environment: Readonly<Record<string, unknown>>,
): Promise<readonly (readonly unknown[])[]> {
  const values = parameterValues(statement, environment, unit.moment)
  return await unit.sql.unsafe(statement.text, values as never[], { prepare: true }).values()
}
