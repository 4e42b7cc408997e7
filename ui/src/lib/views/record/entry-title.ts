import { model } from '#lib/domain/session/model.svelte.ts'
import type { HistoryEntry } from '#lib/shared/api/types.ts'
import { local, t } from '#lib/shared/i18n/i18n.svelte.ts'

/** What an entry of the timeline says that somebody did. */
export function entryTitle(entry: HistoryEntry): string {
  const file = fileOf(entry.cause)
  if (file !== undefined) return t('timeline.attachment', file)
  const operation = operationOf(entry.cause)
  if (operation !== '') return operation
  const step = stepOf(entry.cause)
  if (step !== '') return t('timeline.did', { step })
  const delay = delayOf(entry.cause)
  if (delay !== undefined)
    return delay === '' ? t('timeline.by_itself') : t('timeline.by_itself_at', { delay })
  if (entry.action === 'update' && isByServiceLevel(entry.cause)) return t('timeline.by_service_level')
  switch (entry.action) {
    case 'create':
      return t('timeline.created')
    case 'delete':
      return t('timeline.deleted')
    case 'restore':
      return t('timeline.restored')
    case 'erase':
      return t('timeline.erased')
    case 'note':
      return t('timeline.noted')
    default:
      return t('timeline.changed', { count: Object.keys({ ...entry.changes, ...entry.lines }).length })
  }
}

/** Who did it; both, where one acted for the other. */
export function actorName({ by, cause }: HistoryEntry): string {
  const name = by?.name ?? t('timeline.system')
  const { impersonator } = (cause ?? {}) as { impersonator?: { name?: string } }
  return impersonator === undefined ? name : t('timeline.on_behalf_of', { by: impersonator.name ?? '', name })
}

/** What was done with a file; undefined where it is about something else. */
function fileOf(cause: unknown): { act: string; name: string } | undefined {
  const { attachment } = (cause ?? {}) as { attachment?: { act: string; file_name: string } }
  return attachment && { act: attachment.act, name: attachment.file_name }
}

/** What an operator did with the process; empty where none did. */
function operationOf(cause: unknown): string {
  const { operation, process, from, to } = (cause ?? {}) as Readonly<Record<string, unknown>>
  if (typeof operation !== 'string') return ''
  const states = model.process(String(process))?.states ?? []
  const labels = (paths: unknown) =>
    (Array.isArray(paths) ? (paths as string[]) : [])
      .map((path) => local(states.find((state) => state.path === path)?.label) || path)
      .join(' / ')
  return t('timeline.operation', { act: operation, from: labels(from), to: labels(to) })
}

/** The label of the process's step that caused a change; empty where none did. */
function stepOf(cause: unknown): string {
  const { event, process } = (cause ?? {}) as { event?: unknown; process?: unknown }
  if (typeof event !== 'string' || typeof process !== 'string') return ''
  return local(model.process(process)?.events.find((known) => known.name === event)?.label)
}

/** A warning or an escalation of a promise. */
function isByServiceLevel(cause: unknown): boolean {
  return typeof (cause as { service_level?: unknown } | null | undefined)?.service_level === 'string'
}

/** A timer is recorded by its delay: `after P30D`. What people call a declared one, empty for a duration. */
function delayOf(cause: unknown): string | undefined {
  const { event, process } = (cause ?? {}) as { event?: unknown; process?: unknown }
  if (typeof event !== 'string' || !event.startsWith('after ')) return undefined
  return local(model.process(String(process))?.delays[event.slice('after '.length)])
}
