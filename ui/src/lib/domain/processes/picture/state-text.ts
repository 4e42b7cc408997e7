import type { DrawnState, DrawnTransition } from '#lib/shared/api/types.ts'
import { formatMoment } from '#lib/shared/i18n/formats.ts'
import { local, t } from '#lib/shared/i18n/i18n.svelte.ts'
import type { PictureStore } from './picture-store.svelte.ts'
import { spanText } from './span-text.ts'
import { triggerText } from './trigger-text.ts'

/** A state with its kind, its times and whether the record is there: what a picture shows, in words. */
export function stateText(state: DrawnState): string {
  const parts = [
    local(state.label),
    ...(state.kind === 'parallel' || state.kind === 'final' ? [t(`picture.kind.${state.kind}`)] : []),
    state.since === null
      ? t(state.visits > 0 ? 'process.status.done' : 'process.status.ahead')
      : t('picture.here_since', { when: formatMoment(state.since, 'short') }),
    ...(state.visits > 1 ? [t('picture.times', { count: state.visits })] : []),
    ...(spanText(state.spent_ms) === '' ? [] : [t('picture.spent', { time: spanText(state.spent_ms) })]),
  ]
  return parts.join(', ')
}

/** A transition in words: what makes it, from where, where to, on which condition, and whether it was taken. */
export function transitionText(store: PictureStore, transition: DrawnTransition): string {
  const { from, to, trigger, guard, taken } = transition
  const places = { from: store.label(from), to: to.map((path) => store.label(path)).join(', ') }
  const parts = [
    triggerText(trigger),
    to.length === 0 ? t('picture.stays') : t('picture.leads', places),
    ...(guard ? [t('picture.if', { condition: guard })] : []),
    ...(guard === null ? [t('picture.hidden_condition')] : []),
    ...(taken > 0 ? [t('picture.taken', { count: taken })] : []),
  ]
  return parts.join(', ')
}
