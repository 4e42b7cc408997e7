import type { ProcessMeta, ProcessView } from '#lib/shared/api/types.ts'
import { formatAgo } from '#lib/shared/i18n/formats.ts'
import { local, t } from '#lib/shared/i18n/i18n.svelte.ts'

/** What happens by itself, and when; for a declared moment also what people call it. */
export function timerText(process: ProcessMeta | undefined, timer: ProcessView['due'][number]): string {
  const delay = process?.delays[delayOf(timer.event) ?? '']
  const text = plainText(process, timer)
  return delay === undefined ? text : t('record.due_delay', { text, delay: local(delay) })
}

/** `xstate.after.validity.quote.sent` waits for `validity`. */
function delayOf(event: string): string | undefined {
  return /^xstate\.after\.([^.]+)\./.exec(event)?.[1]
}

function plainText(process: ProcessMeta | undefined, timer: ProcessView['due'][number]): string {
  const when = formatAgo(timer.at)
  const event = process?.events.find(({ name }) => name === timer.event)
  if (event !== undefined) return t('record.due_step', { step: local(event.label), when })
  const reached = new Set(process?.timers[timer.event])
  const labels = (process?.states ?? [])
    .filter((state) => reached.has(state.path))
    .map((state) => local(state.label))
  return labels.length === 0
    ? t('record.due_something', { when })
    : t('record.due_state', { state: labels.join(' / '), when })
}
