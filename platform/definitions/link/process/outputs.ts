import type { StateNode } from './state-node.ts'

/** The names of the values that the final ones among a state's children give. */
export function outputNames(node: StateNode): readonly string[] {
  const finals = [...node.children.values()].filter(({ kind }) => kind === 'final')
  return [...new Set(finals.flatMap(({ config }) => Object.keys((config.output ?? {}) as object)))]
}
