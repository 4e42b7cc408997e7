import type { MachineNode } from '../../definitions/model/model.ts'
import { declaredTags } from '../../definitions/model/state-tags.ts'

/** The configuration with the list of tags that XState knows in place of the map that is declared. */
export function withTags(node: MachineNode): MachineNode {
  const { tags, states, ...rest } = node
  const children = Object.entries((states ?? {}) as Record<string, MachineNode>)
  return {
    ...rest,
    ...(tags === undefined ? {} : { tags: declaredTags(node) }),
    ...(states === undefined
      ? {}
      : { states: Object.fromEntries(children.map(([key, child]) => [key, withTags(child)])) }),
  }
}
