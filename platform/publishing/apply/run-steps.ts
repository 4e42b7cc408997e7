import { identifier } from '../../database/identifier.ts'
import { qualified } from '../plan/statements.ts'
import type { Step } from '../plan/step.ts'
import type { Connection } from './publish-lock.ts'
import { takeLocks } from './take-locks.ts'
import { withLockTimeout } from './with-lock-timeout.ts'

const BATCH = 5_000

/** Runs the steps before the switch, each statement on its own. */
export async function runPreparation({
  connection,
  schema,
  steps,
  progress,
}: {
  connection: Connection
  schema: string
  steps: readonly Step[]
  progress: (message: string) => void | Promise<void>
}): Promise<void> {
  for (const step of steps.filter(({ phase }) => phase === 'prepare')) {
    await progress(step.title)
    for (const statement of step.statements)
      if (step.batches !== undefined)
        await runInBatches(connection, { schema, table: step.batches, statement })
      else if (step.lock === 'ACCESS EXCLUSIVE')
        await withLockTimeout(connection, async () => void (await connection.unsafe(statement)))
      else await connection.unsafe(statement)
  }
}

/** Goes through a table from id to id; each batch commits by itself and holds its row locks for a moment only. */
export async function runInBatches(
  connection: Connection,
  { schema, table, statement }: { schema: string; table: string; statement: string },
): Promise<void> {
  const next =
    `select "id" from ${qualified(schema, table)} where "id" > $1::uuid ` +
    `order by "id" offset ${BATCH - 1} limit 1`
  let from = '00000000-0000-0000-0000-000000000000'
  for (;;) {
    const [row] = await connection.unsafe<{ id: string }[]>(next, [from])
    const to = row?.id ?? 'ffffffff-ffff-ffff-ffff-ffffffffffff'
    await connection.unsafe(statement, [from, to])
    if (row === undefined) return
    from = to
  }
}

/** Runs the steps of the switch; the caller has begun the transaction. */
export async function runSwitch(
  connection: Connection,
  { schema, steps, attempt }: { schema: string; steps: readonly Step[]; attempt: number },
): Promise<void> {
  const now = steps.filter(({ phase }) => phase === 'switch')
  await takeLocks(connection, { schema, steps: now, attempt })
  await connection.unsafe(`set local search_path = ${identifier(schema)}`)
  for (const step of now) if (step.statements.length > 0) await connection.unsafe(step.statements.join(';\n'))
}
