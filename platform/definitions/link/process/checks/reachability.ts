import { ancestorsOf, isLeaf, isWithin, nameOf, withDescendants, type StateNode } from '../state-node.ts'
import { resolveTarget } from '../targets.ts'
import type { Branch } from '../transitions.ts'
import type { MachineCheck } from './machine-check.ts'

/**
 * Unreachable states, dead ends, and states from which the end cannot be reached, found on the machine's abstraction:
 * every guard may hold and every event may come, so what is reported can truly never happen.
 */
export function checkReachability(check: MachineCheck): void {
  const reachable = reach(check)
  reportUnreachable(check, reachable)
  const leaves = [...withDescendants(check.process.root)].filter(
    (node) => node.kind === 'atomic' && node.parent && reachable.has(node),
  )
  const stuck = new Set(leaves.filter((leaf) => waysOut(check, leaf).length === 0))
  for (const node of stuck)
    check.linkage.problems.error({
      at: node.at,
      code: 'dead_end',
      message: `Nothing leads out of "${nameOf(node)}", and it is not final.`,
      remedy: 'Add a transition, or "type": "final".',
    })
  reportTraps(check, { leaves, stuck, reachable })
}

/** Every state that can become active, entries of imports included. */
function reach({ process, branches }: MachineCheck): Set<StateNode> {
  const active = new Set<StateNode>()
  const waiting: StateNode[] = []
  const activate = (node: StateNode) => {
    for (const state of [...withFirstChildren(node), ...ancestorsOf(node)]) {
      if (active.has(state)) continue
      active.add(state)
      waiting.push(state)
      // Entering a parallel state by one of its children enters the other regions, too.
      if (state.kind === 'parallel') for (const region of state.children.values()) activate(region)
    }
  }
  const bySource = Map.groupBy(branches, ({ source }) => source)
  activate(process.root)
  for (const node of withDescendants(process.root)) if (isEntry(process.document, node)) activate(node)
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop())
    for (const branch of bySource.get(node) ?? []) targetsOf(branch).forEach(activate)
  return active
}

function isEntry(document: Readonly<Record<string, unknown>>, node: StateNode): boolean {
  const entries = Object.values((document.entries ?? {}) as Record<string, { states: string[] }>)
  return entries.some(({ states }) => states.includes(node.path.join('.')))
}

const targets = new WeakMap<Branch, StateNode[]>()

/** The state that a branch names; looked up once. */
function targetsOf(branch: Branch): StateNode[] {
  let found = targets.get(branch)
  if (found === undefined) {
    const { source, declared } = branch
    const target = declared.target === undefined ? undefined : resolveTarget(source, declared.target)
    found = target === undefined ? [] : [target]
    targets.set(branch, found)
  }
  return found
}

/** The state and what is entered with it: first children, regions, or what a history falls back to. */
function withFirstChildren(node: StateNode): StateNode[] {
  if (node.kind === 'parallel') return [node, ...[...node.children.values()].flatMap(withFirstChildren)]
  if (node.kind === 'history') return [node, ...fallback(node).flatMap(withFirstChildren)]
  const first = node.kind === 'compound' ? node.children.get(node.config.initial as string) : undefined
  return first === undefined ? [node] : [node, ...withFirstChildren(first)]
}

function fallback(history: StateNode): StateNode[] {
  const target =
    typeof history.config.target === 'string' ? resolveTarget(history, history.config.target) : undefined
  const first = target ?? history.parent?.children.get(String(history.parent.config.initial))
  return first === undefined || first === history ? [] : [first]
}

function reportUnreachable({ linkage, process }: MachineCheck, reachable: ReadonlySet<StateNode>): void {
  for (const node of withDescendants(process.root)) {
    if (reachable.has(node) || (node.parent !== undefined && !reachable.has(node.parent))) continue
    linkage.problems.error({
      at: { ...node.at, isKey: true },
      code: 'unreachable_state',
      message: `Nothing leads to "${nameOf(node)}".`,
      remedy: 'Add a transition to it, or remove it.',
    })
  }
}

/** The branches that can take a machine out of the leaf. */
function waysOut({ branches }: MachineCheck, leaf: StateNode): Branch[] {
  const within = new Set([leaf, ...ancestorsOf(leaf)])
  const parallels = [...within].filter((node) => node.kind === 'parallel')
  return branches.filter((branch) => {
    const isOwn = within.has(branch.source)
    if ((!isOwn && parallels.length === 0) || branch.trigger.type === 'done') return false
    const [target] = targetsOf(branch)
    if (target === undefined || target === leaf) return false
    // Another region may end the parallel state that both lie in.
    return (
      isOwn || parallels.some((parallel) => isWithin(branch.source, parallel) && !isWithin(target, parallel))
    )
  })
}

interface Walk {
  readonly leaves: readonly StateNode[]
  readonly stuck: ReadonlySet<StateNode>
  readonly reachable: ReadonlySet<StateNode>
}

/** In a machine that has an end, states from which no path leads to it. */
function reportTraps(check: MachineCheck, { leaves, stuck, reachable }: Walk): void {
  const ends = [...check.process.root.children.values()].filter(
    (node) => node.kind === 'final' && reachable.has(node),
  )
  if (ends.length === 0) return
  const before = new Map<StateNode, StateNode[]>()
  for (const node of withDescendants(check.process.root))
    for (const next of nextOf(check, node)) {
      const known = before.get(next)
      if (known === undefined) before.set(next, [node])
      else known.push(node)
    }
  const canEnd = new Set<StateNode>(ends)
  const waiting: StateNode[] = [...ends]
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop())
    for (const earlier of before.get(node) ?? [])
      if (!canEnd.has(earlier)) {
        canEnd.add(earlier)
        waiting.push(earlier)
      }
  for (const leaf of leaves)
    if (!canEnd.has(leaf) && !stuck.has(leaf))
      check.linkage.problems.warning({
        at: leaf.at,
        code: 'no_end',
        message: `No path leads from "${nameOf(leaf)}" to an end of the process.`,
        remedy: 'Add a transition towards a final state, if the record is meant to be closed.',
      })
}

/** What may become active after a state: where its own and its ancestors' transitions lead. */
function nextOf(check: MachineCheck, node: StateNode): StateNode[] {
  const next = isLeaf(node) && node.kind !== 'final' ? waysOut(check, node).flatMap(targetsOf) : []
  // The end of a compound or parallel state is taken by its onDone.
  const done =
    node.kind === 'final' ? [...ancestorsOf(node)].filter((up) => up.config.onDone !== undefined) : []
  const after = done
    .flatMap((up) => check.branches.filter(({ source, trigger }) => source === up && trigger.type === 'done'))
    .flatMap(targetsOf)
  return [...next, ...after].flatMap(withFirstChildren)
}
