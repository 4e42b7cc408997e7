import type { Branch } from '../transitions.ts'

/** The branches that a state has for the same trigger, together and in their order. */
export function branchGroups(branches: readonly Branch[]): readonly (readonly [Branch, ...Branch[]])[] {
  const groups: [Branch, ...Branch[]][] = []
  for (const branch of branches)
    if (branch.position === 0) groups.push([branch])
    else groups.at(-1)?.push(branch)
  return groups
}
