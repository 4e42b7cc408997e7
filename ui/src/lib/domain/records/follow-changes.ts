import { onLive } from '#lib/shared/api/live.ts'
import type { ListQuery } from './list-query.svelte.ts'

/**
 * Keeps a list in step with what others do: changed rows are read again, deleted ones leave. New records make the
 * list read itself again only while one is at its top; nothing moves under a reader. Answers the way to stop.
 */
export function followChanges(
  place: () => { object: string; query: ListQuery; isAtTop: boolean },
): () => void {
  const changed = new Set<string>()
  const deleted = new Set<string>()
  let isNew = false
  let isMany = false
  let timer: ReturnType<typeof setTimeout> | undefined

  function apply() {
    timer = undefined
    const { query, isAtTop } = place()
    if (deleted.size > 0) query.remove(deleted)
    if ((isNew && isAtTop) || isMany) void query.load()
    else if (changed.size > 0) void query.refresh([...changed]).catch(() => undefined)
    changed.clear()
    deleted.clear()
    isNew = isMany = false
  }

  const stop = onLive((live) => {
    if (live.event === 'many' && live.data.objects.includes(place().object)) {
      isMany = true
      timer ??= setTimeout(apply, 250)
    }
    if (live.event !== 'change' || live.data.object !== place().object) return
    if (live.data.action === 'delete') deleted.add(live.data.id)
    else if (live.data.action === 'create' || live.data.action === 'restore') isNew = true
    else changed.add(live.data.id)
    timer ??= setTimeout(apply, 250)
  })
  return () => {
    clearTimeout(timer)
    stop()
  }
}
