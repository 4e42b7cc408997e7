/**
 * What the state field shows of a configuration: the path of the active leaf; of parallel regions the first one's,
 * the others are in the process's own view.
 */
export function columnState(states: readonly string[]): string | undefined {
  return states[0]
}
