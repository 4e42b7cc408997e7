import { reportCalendar } from '../script.ts'
import type { World } from '../world.ts'
import type { PlayedItem } from './read-history.ts'
import type { PersonReport } from './report.ts'
import { timeBetween } from './spread.ts'

/** Who did how much work, and how busy he was with it. */
export function reportPeople(world: World, items: readonly PlayedItem[]): readonly PersonReport[] {
  const period = periodOf(world)
  return [...world.people.values()].flatMap(({ name, roles, userId }) => {
    const done = items.filter(({ completed_by: by }) => by === userId).length
    const busy = world.busy.get(String(userId))?.spentMs ?? 0
    if (done === 0 && busy === 0) return []
    const share = period === 0 ? 0 : busy / period
    return [{ name, roles: roles.join(', '), done, busy_ms: busy, share }]
  })
}

/** Time from the beginning of the first case to the last thing that anybody did. */
function periodOf({ cases, script }: World): number {
  const first = cases[0]?.begunAt
  if (first === undefined) return 0
  const last = cases.flatMap(({ log }) => log.at(-1)?.at ?? []).reduce((a, b) => (b > a ? b : a), first)
  return timeBetween(reportCalendar(script), first, last)
}
