import { placeOf, type Case, type LiveInstance } from './case.ts'
import { drawPlan, workIn } from './draw-plan.ts'
import type { World } from './world.ts'

/**
 * Draws what comes next in each active leaf state that has no plan, and forgets the plans of those that were left.
 * @param options.isChanged whether anything has happened to the case
 */
export function renewPlans(world: World, played: Case, { isChanged }: { isChanged: boolean }): void {
  const places = [...played.instances.values()].flatMap((instance) =>
    instance.states.map((leaf) => ({ instance, leaf, key: placeOf(instance, leaf) })),
  )
  const active = new Set(places.map(({ key }) => key))
  for (const key of played.plans.keys()) if (!active.has(key)) played.plans.delete(key)
  for (const key of played.refused.keys())
    if (!active.has(key.slice(0, key.lastIndexOf(' ')))) played.refused.delete(key)
  for (const { key, ...place } of places)
    if (isOver(world, played, { ...place, isChanged })) played.plans.set(key, drawPlan(world, played, place))
}

/** Nothing was to happen, and something has; or the work is done. */
function isOver(
  world: World,
  played: Case,
  { isChanged, ...place }: { instance: LiveInstance; leaf: string; isChanged: boolean },
): boolean {
  const plan = played.plans.get(placeOf(place.instance, place.leaf))
  if (plan === undefined) return true
  if (plan.kind === 'nothing') return isChanged
  return plan.kind === 'work' && workIn(world, played, place).every(({ obstacle }) => obstacle !== undefined)
}
