import { isDoable } from '#lib/domain/work/doable.ts'
import type { WorkItem } from '#lib/shared/api/types.ts'

export type GroupName = 'late' | 'today' | 'later' | 'with_others'

const order: readonly GroupName[] = ['late', 'today', 'later', 'with_others']

/** Work by when it is due, in the person's time zone; what waits for others comes last. Groups without work are left out. */
export function groupsOf<Item extends Pick<WorkItem, 'can' | 'due_at'>>(
  items: readonly Item[],
  { now, timeZone }: { now: Date; timeZone: string | undefined },
): readonly { name: GroupName; items: readonly Item[] }[] {
  const days = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' })
  const nameOf = (item: Item): GroupName => {
    if (!isDoable(item)) return 'with_others'
    if (item.due_at === null) return 'later'
    const due = new Date(item.due_at)
    if (due < now) return 'late'
    return days.format(due) === days.format(now) ? 'today' : 'later'
  }
  const found = Map.groupBy(items, nameOf)
  return order.flatMap((name) => {
    const group = found.get(name)
    return group === undefined ? [] : [{ name, items: group }]
  })
}
