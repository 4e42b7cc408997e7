import { reportCalendar } from '../script.ts'
import { personById, type World } from '../world.ts'
import type { PlayedItem } from './read-history.ts'
import type { WorkReport } from './report.ts'
import { spreadOf, timeBetween } from './spread.ts'

/** The work of people, by what asked for it and by role. */
export function reportWork(world: World, items: readonly PlayedItem[]): readonly WorkReport[] {
  const calendar = reportCalendar(world.script)
  const groups = Map.groupBy(items, (item) => JSON.stringify([item.invocation, roleOf(world, item)]))
  return [...groups].map(([key, group]) => {
    const [invocation, role] = JSON.parse(key) as [string, string]
    const done = group.filter(({ status }) => status === 'done')
    const waits = group.flatMap(({ id, created_at: created }) => {
      const begun = world.begun.get(id)
      return begun === undefined ? [] : [timeBetween(calendar, new Date(created), begun)]
    })
    return {
      invocation,
      role,
      items: group.length,
      done: done.length,
      open: group.filter(({ completed_at: completed }) => completed === null).length,
      closed: group.filter(({ status }) => status === 'cancelled').length,
      outcomes: countBy(done.map(({ outcome }) => outcome ?? 'done')),
      waited: spreadOf(waits) ?? null,
      late: group.filter((item) => isLate(item, world.stage.now)).length,
    }
  })
}

/** The roles that may take it, or those of the one person who is asked. */
function roleOf(world: World, { candidate_roles: roles, assignee, completed_by: by }: PlayedItem): string {
  return (roles.length > 0 ? roles : (personById(world, assignee ?? by)?.roles ?? [])).join(', ')
}

function isLate({ status, completed_at: completed, due_at: due }: PlayedItem, now: Date): boolean {
  return due !== null && status !== 'cancelled' && new Date(completed ?? now) > new Date(due)
}

export function countBy(names: readonly string[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const name of names.toSorted()) counts[name] = (counts[name] ?? 0) + 1
  return counts
}
