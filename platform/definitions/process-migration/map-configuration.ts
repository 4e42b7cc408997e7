import { ancestorsOf, isWithin, nameOf, type StateNode } from '../link/process/state-node.ts'
import type { ProcessModel } from '../model/model.ts'
import { activeStates, type StateValue } from './active-states.ts'
import { imagesIn } from './image-of.ts'

/** Where a record of an earlier version goes on: paths of the version that takes it over. */
export interface MappedConfiguration {
  /** The innermost states, in document order; every state beside them is entered with the one around it. */
  readonly targets: readonly string[]
  /** States in which the record was already, with their paths in the earlier version: they are not entered again. */
  readonly kept: ReadonlyMap<string, string>
  /** States that it enters, from the outside in. */
  readonly entered: readonly string[]
}

/** Why a record of an earlier version cannot go on. */
export interface MigrationFault {
  readonly message: string
  readonly remedy: string
}

type Target = Pick<ProcessModel, 'name' | 'machine' | 'migration'>

/**
 * Maps where a record stands in an earlier version to where it goes on in a version with a migration. Pure, and the same
 * for the plan and for the migration itself.
 * @param value XState's state value in the earlier version
 */
export function mapConfiguration(
  process: Target,
  value: StateValue,
): { readonly mapped: MappedConfiguration } | { readonly faults: readonly MigrationFault[] } {
  const { root, imageOf } = imagesIn(process)
  const { all, leaves } = activeStates(value)
  const images = leaves.map((leaf) => ({ leaf, node: stateAt(imageOf(leaf)) }))
  const faults = images.filter(({ node }) => node === undefined).map(({ leaf }) => missing(process, leaf))
  const found = images.flatMap(({ node }) => node ?? [])
  const clash = faults.length > 0 ? undefined : clashOf(found)
  if (clash !== undefined) faults.push(clash)
  if (faults.length > 0) return { faults }
  const targets = innermost(root, found)
  const active = new Set(
    targets.flatMap((node) => [...ancestorsOf(node)].toReversed().concat(entering(node))),
  )
  for (const node of [...active])
    if (node.kind === 'parallel')
      for (const region of node.children.values())
        if (region.kind !== 'history' && !active.has(region))
          entering(region).forEach((each) => active.add(each))
  const kept = new Map<string, string>()
  for (const earlier of all) {
    const node = imageOf(earlier)
    if (node !== undefined && active.has(node) && !kept.has(nameOf(node))) kept.set(nameOf(node), earlier)
  }
  const isEntered = (node: StateNode) => node.parent !== undefined && !kept.has(nameOf(node))
  return {
    mapped: { targets: targets.map(nameOf), kept, entered: [...active].filter(isEntered).map(nameOf) },
  }
}

/** A history remembers a state and is none. */
function stateAt(node: StateNode | undefined): StateNode | undefined {
  return node?.kind === 'history' ? undefined : node
}

/** States that exclude each other: the state around both has one active child. */
function clashOf(nodes: readonly StateNode[]): MigrationFault | undefined {
  for (const [at, one] of nodes.entries())
    for (const other of nodes.slice(at + 1)) {
      if (isWithin(one, other) || isWithin(other, one)) continue
      const common = [...ancestorsOf(one)].find((node) => isWithin(other, node))
      if (common !== undefined && common.kind !== 'parallel')
        return {
          message: `It would be in "${nameOf(one)}" and in "${nameOf(other)}", which exclude each other.`,
          remedy: 'Say in "migration.states" in which one it goes on, for both.',
        }
    }
  return undefined
}

/** In document order, without states around others; with the regions of a parallel machine that nothing leads to. */
function innermost(root: StateNode, nodes: readonly StateNode[]): readonly StateNode[] {
  const inner = new Set(nodes.filter((node) => !nodes.some((each) => each !== node && isWithin(each, node))))
  if (root.kind === 'parallel')
    for (const region of root.children.values())
      if (![...inner].some((node) => isWithin(node, region)) && region.kind !== 'history') inner.add(region)
  return [...inner]
}

/** The state with what is entered inside of it, from the outside in. */
function entering(node: StateNode): readonly StateNode[] {
  const initial = node.children.get(String(node.config.initial))
  if (node.kind === 'compound') return [node, ...(initial === undefined ? [] : entering(initial))]
  if (node.kind !== 'parallel') return [node]
  const regions = [...node.children.values()].filter(({ kind }) => kind !== 'history')
  return [node, ...regions.flatMap(entering)]
}

function missing({ name }: Target, leaf: string): MigrationFault {
  return {
    message: `The process ${name} has no state "${leaf}" any more.`,
    remedy: `Say where such records go on: "migration": {"states": {"${leaf}": "…"}}.`,
  }
}
