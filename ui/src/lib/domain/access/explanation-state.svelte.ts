import { api } from '#lib/shared/api/client.ts'
import type { AccessQuestion } from '#lib/shared/access/question.ts'
import { asProblem, type ApiProblem } from '#lib/shared/api/problem.ts'
import type { AccessExplanation } from '#lib/shared/api/types.ts'

/** The answers to some questions about the rights of one person. */
export class ExplanationState {
  answers = $state.raw<readonly AccessExplanation[] | undefined>(undefined)
  problem = $state.raw<ApiProblem | undefined>(undefined)
  #asked = 0

  /** @param person of whom; oneself if not said */
  async load(questions: readonly AccessQuestion[], person?: string): Promise<void> {
    const asked = ++this.#asked
    try {
      const answers = await Promise.all(
        questions.map((question) =>
          api.post<AccessExplanation>('/access/explain', {
            ...question,
            ...(person === undefined ? {} : { person }),
          }),
        ),
      )
      // What was asked for later counts.
      if (asked !== this.#asked) return
      this.answers = answers
      this.problem = undefined
    } catch (thrown) {
      if (asked === this.#asked) this.problem = asProblem(thrown)
    }
  }
}
