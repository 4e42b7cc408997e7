/** A state of XState's machine. */
export interface Node {
  readonly id: string
  readonly key: string
  /** Its place in the document. */
  readonly order: number
  readonly path: readonly string[]
  readonly type: string
  readonly parent: Node | undefined
  readonly states: Readonly<Record<string, Node>>
  readonly transitions: ReadonlyMap<string, readonly { readonly guard?: unknown }[]>
}

/** XState's snapshot, as far as it is looked at here. */
export interface Snapshot {
  readonly value: unknown
  readonly status: string
  readonly context: Record<string, unknown>
  readonly output?: Readonly<Record<string, unknown>>
  readonly tags: ReadonlySet<string>
  readonly _nodes: readonly Node[]
}

/** In the order of the document: XState's own depends on what was entered since the snapshot was restored. */
export function leafPaths(snapshot: Snapshot): readonly string[] {
  return snapshot._nodes
    .filter((node) => (node.type === 'atomic' || node.type === 'final') && node.path.length > 0)
    .toSorted((a, b) => a.order - b.order)
    .map((leaf) => leaf.path.join('.'))
}

/**
 * Whether every active state lies in an active one, every compound one has one active child, and every parallel one all
 * of its. XState 5.33 can lose this where transitions of several regions lead out of them in one microstep, and it does
 * not restore such a snapshot as it was.
 */
export function isLegal(nodes: readonly Node[]): boolean {
  const active = new Set(nodes)
  return nodes.every(({ type, parent, states }) => {
    if (parent !== undefined && !active.has(parent)) return false
    const children = Object.values(states).filter((child) => child.type !== 'history')
    const count = children.filter((child) => active.has(child)).length
    if (type === 'compound') return count === 1
    return type !== 'parallel' || count === children.length
  })
}
