import { api } from '#lib/shared/api/client.ts'
import { asProblem, type ApiProblem } from '#lib/shared/api/problem.ts'
import type { History, HistoryEntry } from '#lib/shared/api/types.ts'

/** What happened to a record, newest first. */
export class TimelineState {
  entries = $state.raw<readonly HistoryEntry[]>([])
  isLoading = $state(true)
  problem = $state.raw<ApiProblem | undefined>(undefined)
  next = $state<string | null>(null)
  #address: string

  constructor(object: string, id: string) {
    this.#address = `/records/${object}/${id}/history`
  }

  async load(): Promise<void> {
    await this.#read(undefined)
  }

  async loadMore(): Promise<void> {
    if (this.next !== null) await this.#read(this.next)
  }

  async #read(after: string | undefined): Promise<void> {
    try {
      const answer = await api.get<History>(this.#address, { after })
      this.entries = after === undefined ? answer.entries : [...this.entries, ...answer.entries]
      this.next = answer.next
      this.problem = undefined
    } catch (thrown) {
      this.problem = asProblem(thrown)
    }
    this.isLoading = false
  }
}
