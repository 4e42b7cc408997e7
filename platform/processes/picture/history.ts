import type { UnitOfWork } from '../../records/unit-of-work.ts'
import { followSteps, type RecordedStep, type Way } from './way.ts'

/** Of an instance with more steps the latest are followed; what came before is not in its picture. */
export const mostSteps = 5_000

export interface WalkedHistory extends Way {
  /** In order. */
  readonly steps: readonly RecordedStep[]
  /** Whether these are all steps of the instance. */
  readonly isWhole: boolean
}

/** The steps of an instance, and what each one did to its states. */
export async function walkHistory(unit: UnitOfWork, instance: string): Promise<WalkedHistory> {
  const rows = (await unit.sql.unsafe(
    `select number, at, event, states, transitions from _step where instance = $1::uuid
     order by number desc limit ${mostSteps + 1}`,
    [instance],
    { prepare: true },
  )) as unknown as RecordedStep[]
  const steps = rows.slice(0, mostSteps).toReversed()
  return { steps, isWhole: rows.length <= mostSteps, ...followSteps(steps) }
}
