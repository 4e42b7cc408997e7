import type { MachineNode, ProcessModel } from '../../definitions/model/model.ts'
import { atlasOf, type Spot } from './graph.ts'

/** Where events can lead: by the name of the event and the leaf state that it finds, the leaf states that can follow. */
export type EventTargets = ReadonlyMap<string, ReadonlyMap<string, ReadonlySet<string>>>

/**
 * Where each event of a process can lead from each leaf state, whatever its guards say: over transitions of the state
 * and of states around it, and on from states that are left at once (`always`).
 */
export function eventTargets({ machine }: Pick<ProcessModel, 'machine'>): EventTargets {
  const { leaves, follow } = targetsIn(machine)
  const found = new Map<string, Map<string, Set<string>>>()
  for (const leaf of leaves)
    for (const spot of around(leaf))
      for (const [event, transitions] of Object.entries((spot.node.on ?? {}) as object)) {
        const next = follow(transitions, spot)
        if (next.size === 0) continue
        const byLeaf = found.get(event) ?? new Map<string, Set<string>>()
        const from = leaf.path.join('.')
        found.set(event, byLeaf.set(from, new Set([...(byLeaf.get(from) ?? []), ...next])))
      }
  return found
}

/** Where the timers of a process lead: by the id that a pending timer has, the leaf states that can follow. */
export function timerTargets({
  name,
  machine,
}: Pick<ProcessModel, 'name' | 'machine'>): ReadonlyMap<string, ReadonlySet<string>> {
  const { leaves, follow } = targetsIn(machine)
  const spots = new Set(leaves.flatMap(around))
  return new Map(
    [...spots].flatMap((spot) => {
      const node = typeof spot.node.id === 'string' ? spot.node.id : [name, ...spot.path].join('.')
      return Object.entries((spot.node.after ?? {}) as object).map(
        ([delay, transitions]) => [`xstate.after.${delay}.${node}`, follow(transitions, spot)] as const,
      )
    }),
  )
}

function targetsIn(machine: MachineNode) {
  const { leaves, resolve } = atlasOf(machine)
  const byPath = new Map(leaves.map((leaf) => [leaf.path.join('.'), leaf]))

  /** Adds where a record comes to rest that enters a leaf. */
  function settle(path: string, into: Set<string>, passed = new Set<string>()): void {
    if (passed.has(path)) return
    passed.add(path)
    const always = around(byPath.get(path)).flatMap((spot) =>
      transitionsOf(spot.node.always).map((transition) => ({ ...transition, spot })),
    )
    if (always.every(({ guard }) => guard !== undefined)) into.add(path)
    for (const { target, spot } of always)
      if (target !== undefined) for (const next of resolve(target, spot)) settle(next, into, passed)
  }

  return {
    leaves,
    /** Where the transitions that a state declares can lead. */
    follow(declared: Transitions, from: Spot): ReadonlySet<string> {
      const into = new Set<string>()
      for (const { target } of transitionsOf(declared))
        if (target !== undefined) for (const entered of resolve(target, from)) settle(entered, into)
      return into
    },
  }
}

type Transitions = MachineNode['always']

/** A state and the states around it, from the inside. */
function around(spot: Spot | undefined): readonly Spot[] {
  return spot === undefined ? [] : [spot, ...around(spot.parent)]
}

function transitionsOf(declared: Transitions): readonly { target?: string; guard?: unknown }[] {
  return [(declared ?? []) as string | object | (string | object)[]]
    .flat()
    .map((each) => (typeof each === 'string' ? { target: each } : each))
}
