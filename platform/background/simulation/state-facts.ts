import type { ProcessModel } from '../../definitions/model/model.ts'
import { drawingOf } from '../../processes/picture/drawing.ts'

/** What can happen while a leaf state is active, by it and the states around it. */
export interface StateFacts {
  /** Events that people may send, whatever guards and conditions say, with the state that takes each. */
  readonly events: readonly { readonly name: string; readonly takenBy: string }[]
  /** What is invoked, by id. */
  readonly invocations: ReadonlySet<string>
  /** Whether something may come by itself: a timer, an answer, the end of a part, a deadline. */
  readonly mayCome: boolean
}

const known = new WeakMap<ProcessModel, Map<string, StateFacts>>()

export function factsOf(process: ProcessModel, leaf: string): StateFacts {
  const facts = known.get(process) ?? new Map<string, StateFacts>()
  known.set(process, facts)
  let found = facts.get(leaf)
  if (found === undefined) facts.set(leaf, (found = lookAt(process, leaf)))
  return found
}

/** A leaf state and the states around it, from the inside; the machine itself, the empty text, comes last. */
export function aroundLeaf(leaf: string): readonly string[] {
  const path = leaf.split('.')
  return [...path.map((_, at) => path.slice(0, path.length - at).join('.')), '']
}

/**
 * The events that are drawn for an active leaf state. What a state around several regions takes is drawn for one of them
 * alone: the first that has not come to its end.
 */
export function eventsDrawnFor(
  process: ProcessModel,
  { leaf, active }: { leaf: string; active: readonly string[] },
): readonly string[] {
  const going = active.filter((state) => process.states.get(state)?.isFinal !== true)
  const { events } = factsOf(process, leaf)
  const drawn = events.filter(
    ({ takenBy }) => going.find((state) => aroundLeaf(state).includes(takenBy)) === leaf,
  )
  return [...new Set(drawn.map(({ name }) => name))]
}

function lookAt(process: ProcessModel, leaf: string): StateFacts {
  const { states, transitions } = drawingOf(process)
  const around = new Set(aroundLeaf(leaf))
  const ways = transitions.filter(({ from }) => around.has(from))
  const invocations = states.filter(({ path }) => around.has(path)).flatMap((state) => state.invocations)
  const events = ways.flatMap(({ trigger: { kind, name }, from: takenBy }) =>
    kind === 'event' && name !== null && mayBeSent(process, name) ? [{ name, takenBy }] : [],
  )
  return {
    events,
    invocations: new Set(invocations.map(({ id }) => id)),
    mayCome:
      ways.some(({ trigger }) => trigger.kind === 'after') ||
      invocations.some(({ id, kind }) => !work.has(kind) || hasDeadline(process, id)),
  }
}

const work: ReadonlySet<string> = new Set(['task', 'approval'])

/** An event with no role that may send it is the process's own. */
function mayBeSent({ events }: ProcessModel, name: string): boolean {
  const roles = events.get(name)?.allowedRoles
  return roles === undefined || roles.size > 0
}

function hasDeadline({ approvals }: ProcessModel, id: string): boolean {
  const approval = approvals.get(id)
  return [approval, ...(approval?.levels ?? [])].some((each) => each?.deadline !== undefined)
}
