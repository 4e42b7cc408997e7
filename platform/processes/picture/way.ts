/** A step as it is recorded: the leaf states after it, and the transitions that led there. */
export interface RecordedStep {
  readonly number: number
  readonly at: string
  readonly event: string
  readonly states: readonly string[]
  readonly transitions: readonly RecordedTransition[]
}

export interface RecordedTransition {
  readonly from: string
  readonly to: readonly string[]
  readonly event: string
  /** The text of the guard that let it through. */
  readonly guard?: string
}

/** What a step did to the states: a state that was only passed through is entered and left at once. */
export interface Passage {
  readonly entered: readonly string[]
  readonly left: readonly { readonly state: string; readonly spentMs: number }[]
}

export interface Visits {
  /** How often the state was entered. */
  readonly count: number
  /** In all stays that are over, in milliseconds. */
  readonly spentMs: number
  /** Since when it is active; null where it is not. */
  readonly since: string | null
}

export interface Way {
  /** By the number of the step. */
  readonly passages: ReadonlyMap<number, Passage>
  /** By state; those around the leaf states included. */
  readonly visits: ReadonlyMap<string, Visits>
}

/** Follows recorded steps, in order: which states each one entered and left, and how long was spent in them. */
export function followSteps(steps: readonly RecordedStep[]): Way {
  const passages = new Map<number, Passage>()
  const visits = new Map<string, Visits>()
  const visit = (state: string) => visits.get(state) ?? { count: 0, spentMs: 0, since: null }
  let before = new Set<string>()
  for (const { number, at, states, transitions } of steps) {
    const after = withAncestors(states)
    const left = [...before].filter((state) => !after.has(state)).toReversed()
    const reached = withAncestors(transitions.flatMap(({ to }) => to))
    const passed = [...reached].filter((state) => !after.has(state) && !before.has(state))
    const arrived = [...after].filter((state) => !before.has(state))
    const stays = left.map((state) => {
      const { count, spentMs, since } = visit(state)
      const stay = since === null ? 0 : new Date(at).getTime() - new Date(since).getTime()
      visits.set(state, { count, spentMs: spentMs + stay, since: null })
      return { state, spentMs: stay }
    })
    const enter = (since: string | null) => (state: string) => {
      const { count, spentMs } = visit(state)
      visits.set(state, { count: count + 1, spentMs, since })
    }
    passed.forEach(enter(null))
    arrived.forEach(enter(at))
    passages.set(number, {
      entered: [...passed, ...arrived],
      left: [...stays, ...passed.toReversed().map((state) => ({ state, spentMs: 0 }))],
    })
    before = after
  }
  return { passages, visits }
}

/** States and all states around them, from the outside in. */
function withAncestors(states: readonly string[]): Set<string> {
  const all = new Set<string>()
  for (const state of states) {
    const path = state.split('.')
    for (let depth = 1; depth <= path.length; depth++) all.add(path.slice(0, depth).join('.'))
  }
  return all
}
