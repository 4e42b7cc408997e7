import type { MachineNode, ProcessModel } from '../../definitions/model/model.ts'
import type { MappedConfiguration } from '../../definitions/process-migration/map-configuration.ts'

/** The event by which an instance of an earlier version is taken over; no process can declare it. */
export const takeOverEvent = 'version.take_over'

/** An instance of an earlier version, as the version that takes it over sees it. */
export interface TakenOver {
  readonly mapped: MappedConfiguration
  readonly context: Readonly<Record<string, unknown>>
  /** What history states remember, as XState persists it, in the names of the version that takes over. */
  readonly historyValue: HistoryValue
}

export type HistoryValue = Readonly<Record<string, readonly { readonly id: string }[]>>

/**
 * A machine like that of the process, with a transition from the machine itself to where the instance goes on. States
 * in which it was already do nothing on entering; their timers and invocations are listed all the same.
 */
export function machineThatTakesOver(
  process: ProcessModel,
  { targets, kept }: MappedConfiguration,
): MachineNode {
  const visit = (node: MachineNode, path: readonly string[]): MachineNode => {
    const { entry, ...rest } = node
    const states = Object.entries((node.states ?? {}) as Record<string, MachineNode>)
    const isEntered = path.length > 0 && !kept.has(path.join('.'))
    return {
      ...rest,
      ...(isEntered && entry !== undefined ? { entry } : {}),
      ...(states.length === 0
        ? {}
        : { states: Object.fromEntries(states.map(([key, child]) => [key, visit(child, [...path, key])])) }),
    }
  }
  const machine = visit(process.machine, [])
  const target = targets.map((state) => `#${process.name}.${state}`)
  return { ...machine, on: { ...(machine.on as object | undefined), [takeOverEvent]: { target } } }
}
