import { model } from '#lib/domain/session/model.svelte.ts'
import type { ProcessStep } from '#lib/shared/api/types.ts'
import { local, t } from '#lib/shared/i18n/i18n.svelte.ts'
import type { PictureStore } from './picture-store.svelte.ts'
import { triggerText } from './trigger-text.ts'

/** What happened in a step, in plain words. */
export function stepTitle(store: PictureStore, step: ProcessStep): string {
  const { event, trigger, states, outcome } = step
  const places = states.map((path) => store.label(path)).join(' / ')
  if (event === 'begin') return t('step.began', { state: places })
  if (event.startsWith('entry:')) return t('step.placed', { state: places })
  if (event === 'operator:move') return t('step.moved', { state: places })
  if (event === 'operator:end') return t('step.ended')
  if (trigger === null) return event
  switch (trigger.kind) {
    case 'event':
      return t('step.event', { event: triggerText(trigger) })
    case 'after':
      return t('step.by_itself', { when: triggerText(trigger) })
    case 'invocation': {
      const work = local(trigger.label) || (trigger.name ?? '')
      if (outcome === 'approved') return t('step.approved', { work })
      return outcome === 'rejected' ? t('step.rejected', { work }) : t('step.work_done', { work })
    }
    default:
      return triggerText(trigger)
  }
}

interface Reason {
  readonly text: string
  /** The condition that let it through, as declared. */
  readonly condition: string | undefined
}

/** Where each transition of a step led, and why. */
export function stepReasons(store: PictureStore, { transitions, trigger: first }: ProcessStep): Reason[] {
  return transitions.flatMap(({ from, to, trigger, guard }, at): Reason[] => {
    if (trigger === null || (to.length === 0 && guard === undefined)) return []
    const places = { from: store.label(from), to: to.map((path) => store.label(path)).join(', ') }
    const isConsequence = at > 0 && trigger.kind !== first?.kind
    const text = [
      to.length === 0 ? t('picture.stays') : t('picture.leads', places),
      ...(isConsequence ? [triggerText(trigger)] : []),
      ...(guard === null ? [t('picture.hidden_condition')] : []),
    ].join(', ')
    return [{ text, condition: guard ?? undefined }]
  })
}

/** What made the step, where it was not the person who is named. */
export function stepCause({ cause }: ProcessStep): string {
  switch (cause?.kind) {
    case 'import':
      return t('step.cause.import')
    case 'process': {
      const object = cause.record === undefined ? '' : local(model.object(cause.record.object)?.label)
      return t('step.cause.process', { record: [object, cause.record?.title ?? ''].join(' ').trim() })
    }
    case 'operator':
      return t('step.cause.operator', { reason: cause.reason ?? '' })
    case 'service_level':
      return t('step.cause.service_level')
    case 'version':
      return t('step.cause.version')
    default:
      return ''
  }
}
