import { api } from '#lib/shared/api/client.ts'
import { asProblem, type ApiProblem } from '#lib/shared/api/problem.ts'
import type { Absence } from '#lib/shared/api/types.ts'

/** Absences that are or will be: the own ones and those in which one stands in; all of them for administrators. */
export class AbsencesState {
  items = $state.raw<readonly Absence[]>([])
  isLoading = $state(true)
  problem = $state.raw<ApiProblem | undefined>(undefined)
  readonly #isEveryone: boolean

  constructor({ isEveryone }: { isEveryone: boolean }) {
    this.#isEveryone = isEveryone
  }

  async load(): Promise<void> {
    try {
      const query = this.#isEveryone ? { of: 'everyone' } : {}
      this.items = (await api.get<{ items: Absence[] }>('/absences', query)).items
      this.problem = undefined
    } catch (thrown) {
      this.problem = asProblem(thrown)
    }
    this.isLoading = false
  }

  async create(absence: {
    person?: string | undefined
    substitute: string
    starts_at: string
    ends_at: string
  }): Promise<void> {
    await api.post('/absences', absence)
    await this.load()
  }

  async cancel({ id }: Absence): Promise<void> {
    await api.delete(`/absences/${id}`)
    await this.load()
  }
}
