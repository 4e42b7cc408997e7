import { api } from '#lib/shared/api/client.ts'
import { asProblem, type ApiProblem } from '#lib/shared/api/problem.ts'

/** A list of the server that comes in pages, as it is filtered now. */
export class Pages<Item> {
  items = $state.raw<readonly Item[]>([])
  next = $state<string | null>(null)
  isLoading = $state(true)
  problem = $state.raw<ApiProblem | undefined>(undefined)
  #asked = 0
  readonly #path: string
  readonly #filter: () => Readonly<Record<string, string | undefined>>

  constructor(path: string, filter: () => Readonly<Record<string, string | undefined>> = () => ({})) {
    this.#path = path
    this.#filter = filter
  }

  load(): Promise<void> {
    return this.#read(undefined)
  }

  async loadMore(): Promise<void> {
    if (this.next !== null) await this.#read(this.next)
  }

  async #read(after: string | undefined): Promise<void> {
    const asked = ++this.#asked
    try {
      const answer = await api.get<{ items: readonly Item[]; next: string | null }>(this.#path, {
        ...this.#filter(),
        after,
      })
      // What was asked for later counts.
      if (asked !== this.#asked) return
      this.items = after === undefined ? answer.items : [...this.items, ...answer.items]
      this.next = answer.next
      this.problem = undefined
    } catch (thrown) {
      if (asked === this.#asked) this.problem = asProblem(thrown)
    }
    this.isLoading = false
  }
}
