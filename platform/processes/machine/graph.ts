import type { MachineNode, ProcessModel } from '../../definitions/model/model.ts'

/** Which leaf states can follow a leaf state directly, over any transition of it or of a state around it. */
export type StateGraph = ReadonlyMap<string, ReadonlySet<string>>

const graphs = new WeakMap<ProcessModel, StateGraph>()

/** A state of a machine, where it stands in it. */
export interface Spot {
  readonly path: readonly string[]
  readonly node: MachineNode
  readonly parent: Spot | undefined
}

export function stateGraph(process: ProcessModel): StateGraph {
  let graph = graphs.get(process)
  if (graph === undefined) {
    graph = build(process)
    graphs.set(process, graph)
  }
  return graph
}

function build({ machine }: ProcessModel): StateGraph {
  const { leaves, resolve } = atlasOf(machine)
  const graph = new Map<string, Set<string>>()
  for (const leaf of leaves) {
    const next = new Set<string>()
    for (let at: Spot | undefined = leaf; at !== undefined; at = at.parent)
      for (const target of targetsOf(at.node)) for (const path of resolve(target, at)) next.add(path)
    graph.set(leaf.path.join('.'), next)
  }
  return graph
}

/** The leaf states of a machine, and the leaves that are active after a transition to a target as it is written. */
export function atlasOf(machine: MachineNode) {
  const spots = [...walk({ path: [], node: machine, parent: undefined })]
  const byPath = new Map(spots.map((spot) => [spot.path.join('.'), spot]))
  const byId = new Map(
    spots.filter((spot) => spot.node.id !== undefined).map((spot) => [String(spot.node.id), spot]),
  )
  const find = (target: string, from: Spot) => findTarget(target, from, { byPath, byId })
  return {
    /** Every state in document order, the root first. */
    spots,
    leaves: spots.filter((spot) => childrenOf(spot).length === 0),
    /** The state that a target names; undefined where there is none. */
    find,
    resolve(target: string, from: Spot): readonly string[] {
      const found = find(target, from)
      return found === undefined ? [] : initialLeaves(found)
    },
  }
}

function* walk(spot: Spot): Generator<Spot> {
  yield spot
  for (const [key, node] of childrenOf(spot)) yield* walk({ path: [...spot.path, key], node, parent: spot })
}

function childrenOf(spot: Spot): readonly [string, MachineNode][] {
  return Object.entries((spot.node.states ?? {}) as Record<string, MachineNode>)
}

function targetsOf(node: MachineNode): readonly string[] {
  const invocations = [node.invoke ?? []].flat() as { onDone?: unknown; onError?: unknown }[]
  const lists = [
    ...Object.values((node.on ?? {}) as object),
    ...Object.values((node.after ?? {}) as object),
    node.always,
    node.onDone,
    ...invocations.flatMap(({ onDone, onError }) => [onDone, onError]),
  ]
  return lists
    .flat()
    .map((each) => (typeof each === 'string' ? each : (each as { target?: string } | undefined)?.target))
    .filter((target) => target !== undefined)
}

function findTarget(
  target: string,
  from: Spot,
  { byPath, byId }: { byPath: ReadonlyMap<string, Spot>; byId: ReadonlyMap<string, Spot> },
): Spot | undefined {
  if (target.startsWith('#')) {
    const [id = '', ...below] = target.slice(1).split('.')
    const spot = byId.get(id)
    return spot && byPath.get([...spot.path, ...below].join('.'))
  }
  const base = target.startsWith('.') ? from.path : from.path.slice(0, -1)
  return byPath.get([...base, ...target.replace(/^\./, '').split('.')].join('.'))
}

/** The leaves that are active after a state was entered. */
export function initialLeaves(spot: { path: readonly string[]; node: MachineNode }): readonly string[] {
  const states = Object.entries((spot.node.states ?? {}) as Record<string, MachineNode>)
  if (states.length === 0) return [spot.path.join('.')]
  const entered = spot.node.type === 'parallel' ? states : states.filter(([key]) => key === spot.node.initial)
  return entered.flatMap(([key, node]) => initialLeaves({ path: [...spot.path, key], node }))
}
