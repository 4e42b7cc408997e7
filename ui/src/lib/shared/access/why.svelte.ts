import { t } from '../i18n/i18n.svelte.ts'
import type { ApiProblem } from '../api/problem.ts'
import { questionOf, type AccessQuestion } from './question.ts'

/** What is being explained; the dialog that explains it is drawn with the first question. */
class Why {
  question = $state.raw<AccessQuestion | undefined>(undefined)

  ask(question: AccessQuestion): void {
    this.question = question
  }

  close(): void {
    this.question = undefined
  }
}

export const why = new Why()

/** The button of a message that tells a refusal; none where rights to records did not decide it. */
export function askWhy(problem: ApiProblem): { label: string; run: () => void } | undefined {
  const question = questionOf(problem)
  return question === undefined ? undefined : { label: t('why.ask'), run: () => why.ask(question) }
}
