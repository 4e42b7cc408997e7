/** XState's value of a configuration: the active child, or the active children with theirs. */
export type StateValue = string | { readonly [state: string]: StateValue }

/**
 * The active states of a configuration by their paths, from the outside in; the machine of that version is not needed.
 * @returns all of them, and the innermost ones
 */
export function activeStates(value: StateValue): {
  readonly all: readonly string[]
  readonly leaves: readonly string[]
} {
  const all: string[] = []
  const leaves: string[] = []
  const visit = (inner: StateValue, around: readonly string[]): void => {
    const children = typeof inner === 'string' ? ([[inner, {}]] as const) : Object.entries(inner)
    for (const [key, below] of children) {
      const path = [...around, key]
      all.push(path.join('.'))
      if (typeof below !== 'string' && Object.keys(below).length === 0) leaves.push(path.join('.'))
      else visit(below, path)
    }
  }
  visit(value, [])
  return { all, leaves }
}
