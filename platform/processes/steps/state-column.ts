import type { ProcessModel } from '../../definitions/model/model.ts'
import type { RecordValues } from '../../records/values.ts'

/**
 * What the state field shows of a configuration: the path of the active leaf; of parallel regions the first one's,
 * the others are in the process's own view.
 */
export function columnState(states: readonly string[]): string | undefined {
  return states[0]
}

/** The new values of the state field; none where the record shows its state already, or shows no state of this process. */
export function stateValues(
  { stateField }: ProcessModel,
  record: RecordValues,
  states: readonly string[],
): Readonly<Record<string, unknown>> {
  const state = columnState(states)
  return stateField === undefined || state === undefined || state === record[stateField]
    ? {}
    : { [stateField]: state }
}
