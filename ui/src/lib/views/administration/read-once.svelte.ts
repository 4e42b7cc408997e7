import { api } from '#lib/shared/api/client.ts'
import { asProblem, type ApiProblem } from '#lib/shared/api/problem.ts'

/** One answer of the server that a page shows as it is. */
export class ReadOnce<Answer> {
  answer = $state.raw<Answer | undefined>(undefined)
  problem = $state.raw<ApiProblem | undefined>(undefined)
  readonly #path: string

  constructor(path: string) {
    this.#path = path
  }

  async load(): Promise<void> {
    try {
      this.answer = await api.get<Answer>(this.#path)
      this.problem = undefined
    } catch (thrown) {
      this.problem = asProblem(thrown)
    }
  }
}
