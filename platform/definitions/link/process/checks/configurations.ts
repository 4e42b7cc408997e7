import { nameOf, withDescendants, type StateNode } from '../state-node.ts'
import type { MachineCheck } from './machine-check.ts'

/** So many combinations of the states of parallel regions can still be looked through, by people and by programs. */
const mostConfigurations = 1_000

/**
 * Parallel regions multiply their states. The checks verify each region by itself and so take no longer for it, but
 * what the regions do together is not verified beyond this bound.
 */
export function checkConfigurations({ linkage, process }: MachineCheck): void {
  for (const node of withDescendants(process.root)) {
    if (node.kind !== 'parallel') continue
    const count = configurationsOf(node)
    if (count <= mostConfigurations) continue
    linkage.problems.warning({
      at: node.at,
      code: 'many_configurations',
      message:
        `The regions of "${nameOf(node)}" can be in ${count.toLocaleString('en')} combinations of states, ` +
        `more than ${mostConfigurations.toLocaleString('en')}; each region was verified by itself.`,
      remedy: 'Make the regions smaller, or let one of them be a process of its own.',
    })
  }
}

/** In how many ways a state can be active. */
function configurationsOf(node: StateNode): number {
  const counts = [...node.children.values()].filter(({ kind }) => kind !== 'history').map(configurationsOf)
  if (counts.length === 0) return 1
  return node.kind === 'parallel'
    ? counts.reduce((product, count) => product * count, 1)
    : counts.reduce((sum, count) => sum + count, 0)
}
