import { tellRefusal } from '#lib/domain/records/deletion.ts'
import { faultText } from '#lib/shared/api/problem-text.ts'
import { asProblem } from '#lib/shared/api/problem.ts'
import { tell } from '#lib/shared/controls/tell.svelte.ts'
import { t } from '#lib/shared/i18n/i18n.svelte.ts'

/** Says why an act on work was refused; who was urged too soon, or cannot get the work, is said in words of its own. */
export function tellRefusedAct(thrown: unknown): void {
  const problem = asProblem(thrown)
  const [fault] = problem.faults ?? []
  if (problem.code === 'rate_limited') tell.refused(t('work.urged_already'))
  else if (problem.code === 'validation' && fault?.field === 'to')
    tell.refused(t('work.not_possible_for'), { text: faultText(fault) })
  else tellRefusal(thrown)
}
