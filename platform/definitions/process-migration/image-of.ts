import { readTree, type StateNode } from '../link/process/state-node.ts'
import type { ProcessModel } from '../model/model.ts'

/** Finds where a state of an earlier version is in this one, by its path there. */
export type ImageOf = (earlier: string) => StateNode | undefined

/**
 * The states of a version in which those of earlier ones go on: what `migration` says of a state, or of one around it,
 * or the state of the same name.
 */
export function imagesIn({
  name,
  machine,
  migration,
}: Pick<ProcessModel, 'name' | 'machine' | 'migration'>): {
  readonly root: StateNode
  readonly imageOf: ImageOf
} {
  const root = readTree(machine, { kind: 'process', name, path: [] })
  return {
    root,
    imageOf(earlier) {
      const path = earlier.split('.')
      for (let depth = path.length; depth > 0; depth--) {
        const target = migration?.states.get(path.slice(0, depth).join('.'))
        if (target === undefined) continue
        const node = find(root, target.split('.'))
        // A state without children takes up those who were somewhere inside of it.
        return node === undefined || node.children.size === 0 ? node : find(node, path.slice(depth))
      }
      return find(root, path)
    },
  }
}

function find(from: StateNode, path: readonly string[]): StateNode | undefined {
  let node: StateNode | undefined = from
  for (const key of path) node = node?.children.get(key)
  return node
}
