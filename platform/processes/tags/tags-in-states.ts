import type { ProcessModel } from '../../definitions/model/model.ts'

/** The tags of a configuration: those of each state in it and of the states around. */
export function tagsInStates(
  process: ProcessModel | undefined,
  states: readonly string[],
): ReadonlySet<string> {
  return new Set(states.flatMap((state) => [...(process?.states.get(state)?.tags ?? [])]))
}
