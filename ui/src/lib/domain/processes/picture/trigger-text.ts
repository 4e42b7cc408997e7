import type { DrawnTrigger } from '#lib/shared/api/types.ts'
import { local, t } from '#lib/shared/i18n/i18n.svelte.ts'
import { delayText } from './span-text.ts'

/** What makes a transition, in a few words. */
export function triggerText(trigger: DrawnTrigger): string {
  const name = local(trigger.label) || (trigger.name ?? '')
  switch (trigger.kind) {
    case 'event':
      return name
    case 'after':
      return trigger.label === undefined
        ? t('picture.after', { delay: delayText(name) })
        : t('picture.when', { delay: name })
    case 'invocation':
      return t('picture.work_done', { work: name })
    case 'failure':
      return t('picture.work_failed', { work: name })
    case 'done':
      return t('picture.parts_done')
    case 'always':
      return t('picture.at_once')
  }
}
