import { drawnTransition } from '../../../processes/picture/describe-picture.ts'
import { drawingOf, type DrawnTransition } from '../../../processes/picture/drawing.ts'
import type { World } from '../world.ts'
import type { PlayedInstance } from './read-history.ts'
import type { RefusalReport, StateReport, TransitionReport } from './report.ts'

/** How often each transition of a process was taken, and why not where it never was. */
export function reportTransitions(
  { script }: World,
  options: {
    process: string
    instances: readonly PlayedInstance[]
    states: readonly StateReport[]
    refused: readonly RefusalReport[]
  },
): readonly TransitionReport[] {
  const process = script.model.processes.get(options.process)
  if (process === undefined) return []
  const drawing = drawingOf(process)
  const taken = new Map<string, number>()
  for (const { steps } of options.instances)
    for (const transition of steps.flatMap(({ transitions }) => transitions)) {
      const id = drawnTransition(drawing, transition)?.id
      if (id !== undefined) taken.set(id, (taken.get(id) ?? 0) + 1)
    }
  return drawing.transitions.map((transition) => {
    const { id, from, to, guard } = transition
    const times = taken.get(id) ?? 0
    return {
      process: options.process,
      from,
      to: to.join(', '),
      on: triggerText(transition),
      guard: guard?.text ?? null,
      taken: times,
      ...(times > 0
        ? {}
        : { why: whyNever(transition, { ...options, siblings: drawing.transitions, taken }) }),
    }
  })
}

function triggerText({ trigger: { kind, name } }: DrawnTransition): string {
  switch (kind) {
    case 'event':
      return String(name)
    case 'after':
      return `after ${name}`
    case 'invocation':
      return `${name} done`
    case 'failure':
      return `${name} failed`
    case 'done':
      return 'its children done'
    default:
      return 'always'
  }
}

function whyNever(
  { from, trigger }: DrawnTransition,
  options: {
    states: readonly StateReport[]
    refused: readonly RefusalReport[]
    siblings: readonly DrawnTransition[]
    taken: ReadonlyMap<string, number>
  },
): string {
  const isSibling = (other: DrawnTransition) =>
    other.from === from && other.trigger.kind === trigger.kind && other.trigger.name === trigger.name
  const others = options.siblings
    .filter(isSibling)
    .reduce((sum, { id }) => sum + (options.taken.get(id) ?? 0), 0)
  if (from !== '' && options.states.find(({ state }) => state === from)?.visits === 0)
    return 'the state was never entered'
  if (others > 0) return `another branch was taken all ${others} times`
  if (trigger.kind !== 'event') return 'it never came to that'
  const refusals = options.refused
    .filter(({ what, name, state }) => what === 'event' && name === trigger.name && isIn(state, from))
    .reduce((sum, { times }) => sum + times, 0)
  return refusals > 0 ? `the event was refused all ${refusals} times` : 'the event was not sent'
}

/** Whether one of several active leaf states lies in a state. */
function isIn(leaves: string, state: string): boolean {
  return state === '' || leaves.split(', ').some((leaf) => leaf === state || leaf.startsWith(`${state}.`))
}
