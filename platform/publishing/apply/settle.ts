import type { Model, ObjectModel } from '../../definitions/model/model.ts'
import { UNSETTLED_TABLE } from '../plan/retired-records.ts'
import { qualified } from '../plan/statements.ts'
import type { Step } from '../plan/step.ts'
import type { Connection } from './publish-lock.ts'
import { runInBatches } from './run-steps.ts'

/** Writes down, in the transaction of the switch, what is to be done after it. */
export async function noteUnsettled(
  connection: Connection,
  { schema, steps }: { schema: string; steps: readonly Step[] },
): Promise<void> {
  const table = qualified(schema, UNSETTLED_TABLE)
  for (const step of steps.filter(({ phase }) => phase === 'settle'))
    await connection.unsafe(`insert into ${table} ("step") values ($1::jsonb)`, [step as never])
}

/**
 * Does what is to be done after a switch, that of an interrupted publish included. Each step is crossed off in the
 * transaction that does it.
 */
export async function settle({
  connection,
  schema,
  options: { tenant, model, fillSearch },
  progress,
}: {
  connection: Connection
  schema: string
  options: {
    readonly tenant: string
    readonly model: Model
    readonly fillSearch?: (object: ObjectModel, tenant: string) => Promise<void>
  }
  progress: (message: string) => void | Promise<void>
}): Promise<void> {
  const table = qualified(schema, UNSETTLED_TABLE)
  const rows = await connection.unsafe<{ position: number; step: Step }[]>(
    `select "position", "step" from ${table} order by "position"`,
  )
  for (const { position, step } of rows) {
    const crossOff = `delete from ${table} where "position" = ${position}`
    await progress(step.title)
    if (step.batches !== undefined) {
      for (const statement of step.statements)
        await runInBatches(connection, { schema, table: step.batches, statement })
      await connection.unsafe(crossOff)
    } else if (step.action === 'fill_search') {
      const object = model.objects.get(step.subject)
      // Without the write path at hand the step stays on the list, for a publish that has it.
      if (object !== undefined && fillSearch === undefined) continue
      if (object !== undefined) await fillSearch?.(object, tenant)
      await connection.unsafe(crossOff)
    } else await connection.unsafe(['begin', ...step.statements, crossOff, 'commit'].join(';\n'))
  }
}
