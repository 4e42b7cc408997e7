import { formatMoment } from '#lib/shared/i18n/formats.ts'
import { i18n, t, type MessageKey } from '#lib/shared/i18n/i18n.svelte.ts'
import type { WorkLogEntry } from '#lib/shared/api/types.ts'

/** What an entry of the log says happened, as a sentence. An act of a later version is named as it is. */
export function logText({ act, by, from, to, on_behalf_of: whom, detail }: WorkLogEntry): string {
  const key = `work.log.${act}`
  const [, due] = (detail?.due_at as readonly [unknown, unknown] | undefined) ?? []
  const text = i18n.has(key)
    ? t(key as MessageKey, {
        by: by?.name ?? t('work.log.process'),
        from: from?.name ?? '',
        to: to?.name ?? '',
        due: formatMoment(due) || t('work.log.no_time'),
        file: String(detail?.file_name ?? ''),
      })
    : act
  return whom === null ? text : `${text} ${t('work.log.on_behalf_of', { name: whom.name ?? '' })}`
}
