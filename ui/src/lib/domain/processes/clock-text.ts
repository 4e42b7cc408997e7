import type { ClockView } from '#lib/shared/api/types.ts'
import { t } from '#lib/shared/i18n/i18n.svelte.ts'
import { timeText } from './time-left.ts'

/** How a promise stands, in words: kept, paused, broken, or what is left. */
export function clockText(clock: ClockView, remaining: number): string {
  const time = timeText(remaining)
  const left = remaining <= 0 ? t('clock.late', { time }) : t('clock.left', { time })
  if (clock.status === 'stopped')
    return clock.outcome === 'kept' ? t('clock.kept') : `${t('clock.broken')} · ${left}`
  return clock.status === 'paused' ? `${t('clock.paused')} · ${left}` : left
}
