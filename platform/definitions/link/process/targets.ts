import { withDescendants, type StateNode } from './state-node.ts'

/**
 * Finds the state that a target names, by XState's rules: `#id` (and `#id.child`), `.child` of the source, else a
 * sibling (or `sibling.child`). Undefined where there is none.
 */
export function resolveTarget(source: StateNode, target: string): StateNode | undefined {
  if (target.startsWith('#')) {
    const [id = '', ...path] = target.slice(1).split('.')
    return descend(findById(rootOf(source), id), path)
  }
  if (target.startsWith('.')) return descend(source, target.slice(1).split('.'))
  return descend(source.parent, target.split('.'))
}

/** Every way in which the source can name a state, for "did you mean". */
export function targetNames(source: StateNode): string[] {
  const ids = [...withDescendants(rootOf(source))].flatMap(({ config }) =>
    typeof config.id === 'string' ? [`#${config.id}`] : [],
  )
  const children = [...source.children.keys()].map((key) => `.${key}`)
  return [...(source.parent?.children.keys() ?? []), ...children, ...ids]
}

function descend(from: StateNode | undefined, path: readonly string[]): StateNode | undefined {
  let node = from
  for (const key of path) node = node?.children.get(key)
  return node
}

function findById(root: StateNode, id: string): StateNode | undefined {
  for (const node of withDescendants(root)) if (node.config.id === id) return node
  return undefined
}

function rootOf(node: StateNode): StateNode {
  return node.parent === undefined ? node : rootOf(node.parent)
}
