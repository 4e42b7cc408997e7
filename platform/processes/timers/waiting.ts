import type { ProcessModel } from '../../definitions/model/model.ts'

/** A delay that a state waits for, and the event that its timer sends. */
export interface Waiting {
  readonly delay: string
  readonly eventId: string
}

/** What the leaf states, and the states around them, wait for. */
export function waitingIn(process: ProcessModel, states: readonly string[]): readonly Waiting[] {
  const found = new Map<string, Waiting>()
  for (const state of states) {
    const path = state.split('.')
    for (let depth = 0; depth <= path.length; depth++) {
      const node = nodeAt(process, path.slice(0, depth))
      const nodeId = (node.id as string | undefined) ?? [process.name, ...path.slice(0, depth)].join('.')
      for (const delay of Object.keys((node.after ?? {}) as object)) {
        const eventId = `xstate.after.${delay}.${nodeId}`
        found.set(eventId, { delay, eventId })
      }
    }
  }
  return [...found.values()]
}

/** `xstate.after.validity.quote.sent` waits for `validity`. */
export function delayOf(eventId: string): string | undefined {
  return /^xstate\.after\.([^.]+)\./.exec(eventId)?.[1]
}

export function nodeAt(process: ProcessModel, path: readonly string[]): Readonly<Record<string, unknown>> {
  return path.reduce<Readonly<Record<string, unknown>>>((node, key) => {
    const next = ((node.states ?? {}) as Record<string, Readonly<Record<string, unknown>>>)[key]
    if (next === undefined) throw new Error(`Process ${process.name} has no state ${path.join('.')}.`)
    return next
  }, process.machine)
}
