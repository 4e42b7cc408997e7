import type { HistoryEntry, LocalText, ProcessView } from '#lib/shared/api/types.ts'
import { local, t } from '#lib/shared/i18n/i18n.svelte.ts'

/** What an entry of the timeline says that somebody did. */
export function entryTitle(entry: HistoryEntry, process: ProcessView | undefined): string {
  const cause = (entry.cause ?? {}) as { event?: unknown; label?: LocalText }
  if (typeof cause.event === 'string') {
    const event = process?.events.find((known) => known.name === cause.event)
    const label = local(cause.label ?? event?.label)
    if (label !== '') return t('timeline.did', { step: label })
  }
  switch (entry.action) {
    case 'create':
      return t('timeline.created')
    case 'delete':
      return t('timeline.deleted')
    case 'restore':
      return t('timeline.restored')
    case 'note':
      return t('timeline.noted')
    default:
      return t('timeline.changed', { count: Object.keys(entry.changes ?? {}).length })
  }
}
