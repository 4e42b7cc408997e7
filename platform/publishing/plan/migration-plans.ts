import type { Queryable } from '../../database/index.ts'
import type { ProcessModel } from '../../definitions/model/model.ts'
import { activeStates, type StateValue } from '../../definitions/process-migration/active-states.ts'
import { mapConfiguration } from '../../definitions/process-migration/map-configuration.ts'
import type { Publication } from '../apply/publication.ts'
import type { Refusal } from './step-collector.ts'
import { qualified } from './statements.ts'

/** Where live instances of earlier versions of a process would go on. */
export interface MigrationPlan {
  readonly process: string
  readonly moves: readonly MigrationMove[]
}

export interface MigrationMove {
  /** The innermost states, in the earlier version and in this one. */
  readonly from: readonly string[]
  readonly to: readonly string[]
  /** States that they enter, with what is declared for entering. */
  readonly entered: readonly string[]
  readonly count: number
}

/**
 * Tries a publication's migrations out on every live instance: where each would go on, and which could not. Reads only.
 */
export async function migrationPlans(
  sql: Queryable,
  { publication }: { publication: Publication },
): Promise<{ readonly migrations: readonly MigrationPlan[]; readonly refusals: readonly Refusal[] }> {
  const migrations: MigrationPlan[] = []
  const refusals: Refusal[] = []
  for (const process of publication.definitions) {
    if (process.migration === undefined) continue
    const moves: MigrationMove[] = []
    for (const { value, count } of await livePlaces(sql, publication.spec.schema, process)) {
      const from = activeStates(value).leaves
      const result = mapConfiguration(process, value)
      if ('mapped' in result)
        moves.push({ from, to: result.mapped.targets, entered: result.mapped.entered, count })
      else
        for (const { message, remedy } of result.faults)
          refusals.push({
            subject: `process/${process.name}`,
            message: `${count} live records in ${from.join(', ')} cannot go on. ${message}`,
            remedy,
          })
    }
    if (moves.length > 0) migrations.push({ process: process.name, moves })
  }
  return { migrations, refusals }
}

/** How many live instances of other versions stand in which configuration. */
async function livePlaces(
  sql: Queryable,
  schema: string,
  { name, hash }: ProcessModel,
): Promise<readonly { value: StateValue; count: number }[]> {
  return sql.unsafe<{ value: StateValue; count: number }[]>(
    `select snapshot::jsonb -> 'value' as value, count(*)::int as count from ${qualified(schema, '_instance')}
     where process = $1 and definition <> $2 and ended_at is null group by 1 order by 2 desc, 1`,
    [name, hash],
  )
}
