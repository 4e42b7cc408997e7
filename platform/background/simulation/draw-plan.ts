import type { ProcessModel } from '../../definitions/model/model.ts'
import { placeOf, usualWeight, type Case, type LiveInstance, type OpenItem, type Plan } from './case.ts'
import { momentAfter } from './delay-range.ts'
import { eventDelay, eventWeight, stateWeight } from './script.ts'
import { eventsDrawnFor, factsOf } from './state-facts.ts'
import { chanceOf, type World } from './world.ts'

/** How often an event is tried in one stay in a state. */
const mostRefusals = 3

/**
 * Draws by weights what comes next in a leaf state: an event, the open work, or nothing that people do. Events that were
 * refused too often since it was entered are out.
 */
export function drawPlan(
  world: World,
  played: Case,
  { instance, leaf }: { instance: LiveInstance; leaf: string },
): Plan {
  const { script } = world
  const process = script.model.processes.get(instance.process)
  if (process === undefined) return { kind: 'nothing' }
  const { mayCome } = factsOf(process, leaf)
  const events = eventsDrawnFor(process, { leaf, active: instance.states })
  const isOpen = workIn(world, played, { instance, leaf }).some(({ obstacle }) => obstacle === undefined)
  const place = placeOf(instance, leaf)
  const weights = {
    ...Object.fromEntries(
      events
        .filter((event) => (played.refused.get(`${place} ${event}`) ?? 0) < mostRefusals)
        .map((event) => [
          `event ${event}`,
          eventWeight(script, leaf, event) ?? usualEventWeight(played, process, event),
        ]),
    ),
    work: isOpen ? (stateWeight(script, leaf, 'work') ?? 1) : 0,
    nothing: stateWeight(script, leaf, 'nothing') ?? (mayCome && instance.pending > 0 ? 1 : 0),
  }
  const possible = Object.entries(weights).filter(([, weight]) => weight > 0)
  if (possible.length === 0) return { kind: 'nothing' }
  const random = chanceOf(world, played, `plan ${leaf}`)
  const [kind, event] = random.weighted(Object.fromEntries(possible)).split(' ')
  if (kind !== 'event' || event === undefined) return { kind: kind === 'work' ? 'work' : 'nothing' }
  const range = eventDelay(script, event)
  const { calendars } = script.model
  const at = momentAfter(range, { from: world.stage.now, fraction: random.next(), calendars })
  return { kind: 'event', event, at }
}

/** What undoes or ends things is not what people do in the first place. */
function usualEventWeight(played: Case, { events }: ProcessModel, event: string): number {
  return usualWeight(played, event) * (events.get(event)?.isDestructive === true ? 0.25 : 1)
}

/** The open work of a leaf state and the states around it. */
export function workIn(
  { script }: World,
  { items }: Case,
  { instance, leaf }: { instance: LiveInstance; leaf: string },
): readonly OpenItem[] {
  const process = script.model.processes.get(instance.process)
  if (process === undefined) return []
  const { invocations } = factsOf(process, leaf)
  return [...items.values()].filter(
    (item) => item.instance === instance.id && invocations.has(item.invocation),
  )
}
