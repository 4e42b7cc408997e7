import { api } from '#lib/shared/api/client.ts'
import { asProblem, type ApiProblem } from '#lib/shared/api/problem.ts'
import type { Share, ShareRequest, Shares } from '#lib/shared/api/types.ts'

/** With whom one record is shared, and what is done about it. */
export class SharesState {
  shares = $state.raw<readonly Share[] | undefined>(undefined)
  problem = $state.raw<ApiProblem | undefined>(undefined)
  readonly #path: string

  constructor(object: string, id: string) {
    this.#path = `/records/${object}/${id}/shares`
  }

  async load(): Promise<void> {
    try {
      this.shares = (await api.get<Shares>(this.#path)).shares
      this.problem = undefined
    } catch (thrown) {
      this.problem = asProblem(thrown)
    }
  }

  /** Throws ApiProblem, with the faults of what was filled in. */
  async add(request: ShareRequest): Promise<void> {
    this.shares = (await api.post<Shares>(this.#path, request)).shares
  }

  /** Throws ApiProblem. */
  async end(share: Share): Promise<void> {
    await api.delete(`${this.#path}/${share.id}`)
    this.shares = this.shares?.filter(({ id }) => id !== share.id)
  }
}
