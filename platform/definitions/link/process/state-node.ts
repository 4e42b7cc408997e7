import { inside, type Address } from '../../model/problem-list.ts'

export type NodeKind = 'atomic' | 'compound' | 'parallel' | 'final' | 'history'

/** A state of a declared machine, with its place in the tree and in the document. */
export interface StateNode {
  /** Keys from the root; empty for the root. */
  readonly path: readonly string[]
  readonly key: string
  readonly kind: NodeKind
  readonly config: Readonly<Record<string, unknown>>
  readonly at: Address
  readonly parent: StateNode | undefined
  readonly children: ReadonlyMap<string, StateNode>
}

/** The tree of a machine's configuration. */
export function readTree(
  config: Readonly<Record<string, unknown>>,
  at: Address,
  parent?: StateNode,
  key = '',
): StateNode {
  const children = new Map<string, StateNode>()
  const path = parent === undefined ? [] : [...parent.path, key]
  const node: StateNode = { path, key, kind: kindOf(config), config, at, parent, children }
  for (const [name, child] of Object.entries(
    (config.states ?? {}) as Record<string, Record<string, unknown>>,
  ))
    children.set(name, readTree(child, inside(at, 'states', name), node, name))
  return node
}

/** The node and everything beneath it, in document order. */
export function* withDescendants(node: StateNode): Generator<StateNode> {
  yield node
  for (const child of node.children.values()) yield* withDescendants(child)
}

export function* ancestorsOf(node: StateNode): Generator<StateNode> {
  for (let up = node.parent; up !== undefined; up = up.parent) yield up
}

export function isWithin(node: StateNode, ancestor: StateNode): boolean {
  for (let up: StateNode | undefined = node; up !== undefined; up = up.parent)
    if (up === ancestor) return true
  return false
}

/** A state in which a record can be: it has no children and is no history. */
export function isLeaf(node: StateNode): boolean {
  return node.kind === 'atomic' || node.kind === 'final'
}

/** Whether the state field can show the state: of parallel regions it shows the first one alone. */
export function isShown(node: StateNode): boolean {
  const { parent } = node
  if (parent === undefined) return true
  const [first] = [...parent.children.values()].filter(({ kind }) => kind !== 'history')
  return (parent.kind !== 'parallel' || node === first) && isShown(parent)
}

export function nameOf(node: StateNode): string {
  return node.path.join('.') || '(the machine itself)'
}

/** XState's own rule: without a type, children make a state compound. */
function kindOf({ type, states }: Readonly<Record<string, unknown>>): NodeKind {
  if (typeof type === 'string' && type !== 'atomic' && type !== 'compound') return type as NodeKind
  return states !== undefined && Object.keys(states as object).length > 0 ? 'compound' : 'atomic'
}
