import { answer } from './answer.ts'
import { isLive, placeOf, type Case, type LiveInstance, type OpenItem } from './case.ts'
import { doWork } from './do-work.ts'
import { sendDrawn } from './send-event.ts'
import { factsOf } from './state-facts.ts'
import type { World } from './world.ts'

/** The next thing that people do in a case. */
export interface NextAct {
  readonly at: Date
  act(): Promise<void>
}

/** The earliest of what is planned for a case; undefined where nothing is. */
export function nextActOf(world: World, played: Case): NextAct | undefined {
  if (!isLive(played)) return undefined
  let next: NextAct | undefined
  for (const each of planned(world, played)) if (next === undefined || each.at < next.at) next = each
  return next
}

function* planned(world: World, played: Case): Generator<NextAct> {
  for (const instance of played.instances.values())
    for (const leaf of instance.states) {
      const plan = played.plans.get(placeOf(instance, leaf))
      if (plan?.kind === 'event')
        yield { at: plan.at, act: () => send(world, played, { instance, leaf, event: plan.event }) }
    }
  for (const item of played.items.values())
    if (item.obstacle === undefined && (item.doing !== undefined || isFree(world, played, item)))
      yield { at: item.doing?.until ?? item.at, act: () => doWork(world, played, item) }
  for (const awaited of played.awaited.values())
    yield { at: awaited.at, act: () => answer(world, played, awaited) }
}

async function send(
  world: World,
  played: Case,
  { instance, leaf, event }: { instance: LiveInstance; leaf: string; event: string },
): Promise<void> {
  const place = placeOf(instance, leaf)
  played.plans.delete(place)
  if (await sendDrawn(world, played, { instance, leaf, name: event })) return
  const key = `${place} ${event}`
  played.refused.set(key, (played.refused.get(key) ?? 0) + 1)
}

/** Work rests while something else was drawn for a state that it belongs to. */
function isFree({ script }: World, { instances, plans }: Case, item: OpenItem): boolean {
  const instance = instances.get(item.instance)
  const process = script.model.processes.get(instance?.process ?? '')
  if (instance === undefined || process === undefined) return false
  return instance.states
    .filter((leaf) => factsOf(process, leaf).invocations.has(item.invocation))
    .every((leaf) => plans.get(placeOf(instance, leaf))?.kind === 'work')
}
