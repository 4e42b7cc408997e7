import type { MachineNode, ProcessModel } from '../../definitions/model/model.ts'
import { atlasOf, type Spot } from './graph.ts'

/** Where events can lead: by the name of the event and the leaf state that it finds, the leaf states that can follow. */
export type EventTargets = ReadonlyMap<string, ReadonlyMap<string, ReadonlySet<string>>>

/**
 * Where each event of a process can lead from each leaf state, whatever its guards say: over transitions of the state
 * and of states around it, and on from states that are left at once (`always`).
 */
export function eventTargets({ machine }: Pick<ProcessModel, 'machine'>): EventTargets {
  const { leaves, resolve } = atlasOf(machine)
  const byPath = new Map(leaves.map((leaf) => [leaf.path.join('.'), leaf]))
  const found = new Map<string, Map<string, Set<string>>>()

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

  for (const leaf of leaves)
    for (const spot of around(leaf))
      for (const [event, transitions] of Object.entries((spot.node.on ?? {}) as object))
        for (const { target } of transitionsOf(transitions)) {
          if (target === undefined) continue
          const byLeaf = found.get(event) ?? new Map<string, Set<string>>()
          found.set(event, byLeaf)
          const from = leaf.path.join('.')
          const into = byLeaf.get(from) ?? new Set<string>()
          byLeaf.set(from, into)
          for (const entered of resolve(target, spot)) settle(entered, into)
        }
  return found
}

/** A state and the states around it, from the inside. */
function around(spot: Spot | undefined): readonly Spot[] {
  return spot === undefined ? [] : [spot, ...around(spot.parent)]
}

function transitionsOf(declared: MachineNode['always']): readonly { target?: string; guard?: unknown }[] {
  return [(declared ?? []) as string | object | (string | object)[]]
    .flat()
    .map((each) => (typeof each === 'string' ? { target: each } : each))
}
