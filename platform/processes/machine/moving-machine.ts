import type { MachineNode, ProcessModel } from '../../definitions/model/model.ts'

/** The event by which an instance is placed in a state; no process can declare it. */
export const moveEvent = 'operator.move'

interface ActiveNode {
  readonly path: readonly string[]
  readonly type: string
}

/**
 * The innermost active state around a place that has one active child: leaving it stays within that state, and so leaves
 * the other regions of parallel states around it as they are.
 */
export function innermostAround(active: readonly ActiveNode[], place: readonly string[]): string {
  const around = active.filter(
    ({ path, type }) =>
      type === 'compound' && path.length < place.length && path.every((key, at) => place[at] === key),
  )
  const innermost = around.toSorted((a, b) => b.path.length - a.path.length)[0]
  return (innermost?.path ?? []).join('.')
}

/**
 * A machine like that of the process, with a transition from the source state to the place, and without what is done on
 * leaving; what is done on entering stays where it is asked for.
 */
export function machineThatMoves(
  process: ProcessModel,
  { source, state, runsEntry }: { source: string; state: string; runsEntry: boolean },
): MachineNode {
  const visit = (node: MachineNode, path: readonly string[]): MachineNode => {
    const { entry, exit: _, ...rest } = node
    const states = Object.entries((node.states ?? {}) as Record<string, MachineNode>)
    const target = { target: `#${process.name}.${state}` }
    return {
      ...rest,
      ...(runsEntry && entry !== undefined ? { entry } : {}),
      ...(path.join('.') === source
        ? { on: { ...(node.on as object | undefined), [moveEvent]: target } }
        : {}),
      ...(states.length === 0
        ? {}
        : { states: Object.fromEntries(states.map(([key, child]) => [key, visit(child, [...path, key])])) }),
    }
  }
  return visit(process.machine, [])
}
