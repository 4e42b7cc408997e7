import { api } from '#lib/shared/api/client.ts'
import { asProblem, type ApiProblem } from '#lib/shared/api/problem.ts'
import type { Deactivated, ListedPeople, ListedPerson, PersonState } from '#lib/shared/api/types.ts'

const typingPause = 200

/** People with the state of their access: what is looked for, what was found, and what is done with them. */
export class PeopleState {
  search = $state('')
  state = $state<PersonState | ''>('')
  role = $state('')
  items = $state.raw<readonly ListedPerson[]>([])
  total = $state<number | null>(null)
  next = $state<string | null>(null)
  isLoading = $state(true)
  problem = $state.raw<ApiProblem | undefined>(undefined)
  #asked = 0
  #timer: ReturnType<typeof setTimeout> | undefined

  load(): Promise<void> {
    return this.#read(undefined)
  }

  async loadMore(): Promise<void> {
    if (this.next !== null) await this.#read(this.next)
  }

  type(text: string): void {
    this.search = text
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.load(), typingPause)
  }

  stop(): void {
    clearTimeout(this.#timer)
  }

  /** Changes fields of the person's record. Throws ApiProblem. */
  async change(person: ListedPerson, values: Readonly<Record<string, unknown>>): Promise<void> {
    await api.patch(`/records/user/${person.id}`, { ...values, version: person.version })
    await this.load()
  }

  async deactivate({ id }: ListedPerson, handOverTo: string | undefined): Promise<Deactivated> {
    const body = handOverTo === undefined ? {} : { hand_over_to: handOverTo }
    const answer = await api.post<Deactivated>(`/administration/people/${id}/deactivate`, body)
    await this.load()
    return answer
  }

  async act<Answer>({ id }: ListedPerson, act: 'activate' | 'unlock' | 'end-sessions'): Promise<Answer> {
    const answer = await api.post<Answer>(`/administration/people/${id}/${act}`)
    await this.load()
    return answer
  }

  async #read(after: string | undefined): Promise<void> {
    const asked = ++this.#asked
    const { search, state, role } = this
    try {
      const answer = await api.get<ListedPeople>('/administration/people', { search, state, role, after })
      if (asked !== this.#asked) return
      this.items = after === undefined ? answer.items : [...this.items, ...answer.items]
      this.next = answer.next
      this.total = answer.total
      this.problem = undefined
    } catch (thrown) {
      if (asked === this.#asked) this.problem = asProblem(thrown)
    }
    this.isLoading = false
  }
}
