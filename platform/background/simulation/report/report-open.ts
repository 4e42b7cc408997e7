import { statesOf, type Case } from '../case.ts'
import { nextActOf } from '../next-act.ts'
import { mostActs } from '../play-cases.ts'
import type { World } from '../world.ts'
import type { PlayedInstance } from './read-history.ts'
import type { OpenReport } from './report.ts'

/** Where the cases are that have not ended, and what keeps them there. */
export function reportOpen(
  world: World,
  { cases, instances }: { cases: readonly Case[]; instances: readonly PlayedInstance[] },
): readonly OpenReport[] {
  const byRecord = Map.groupBy(instances, ({ record }) => record)
  const places = cases.map((played) => ({
    number: played.number,
    state: statesOf(played),
    why: whyOpen(world, played, byRecord.get(String(played.record)) ?? []),
  }))
  return [...Map.groupBy(places, ({ state, why }) => JSON.stringify([state, why])).values()]
    .map((group) => {
      const [{ number: first, state, why }] = group as [(typeof group)[number]]
      return { state, why, cases: group.length, first }
    })
    .sort((a, b) => b.cases - a.cases || a.first - b.first)
}

function whyOpen(world: World, played: Case, instances: readonly PlayedInstance[]): string {
  if (played.isTooLong) return `left after ${mostActs} acts of people`
  if (nextActOf(world, played) !== undefined) return 'the time was over'
  const hindered = [...played.items.values()].find(({ obstacle }) => obstacle !== undefined)
  if (hindered?.obstacle === 'nobody') return `nobody can do ${hindered.invocation}`
  if (hindered !== undefined) return `${hindered.invocation} was refused`
  const live = instances.filter(({ ended_at: ended }) => ended === null)
  if (live.some(({ has_timer: hasTimer }) => hasTimer)) return 'a timer is waited for'
  if (played.refused.size > 0) return 'what was tried was refused'
  const waiting = live.flatMap((instance) => instance.waiting)
  return waiting.length > 0 ? `${waiting.join(', ')} is waited for` : 'nothing happens any more'
}
