import { api } from '#lib/shared/api/client.ts'
import { asProblem, type ApiProblem } from '#lib/shared/api/problem.ts'
import type {
  DrawnState,
  DrawnTransition,
  ProcessPicture,
  ProcessStep,
  ProcessSteps,
} from '#lib/shared/api/types.ts'
import { local } from '#lib/shared/i18n/i18n.svelte.ts'

/** A state or a transition of the picture whose steps one looks at. */
export type Selection =
  { readonly kind: 'state'; readonly id: string } | { readonly kind: 'transition'; readonly id: string }

/** The machine that a record lives on with its place in it, and the steps that led there. */
export class PictureStore {
  picture = $state.raw<ProcessPicture | undefined>(undefined)
  problem = $state.raw<ApiProblem | undefined>(undefined)
  steps = $state.raw<readonly ProcessStep[]>([])
  next = $state<string | null>(null)
  stepsProblem = $state.raw<ApiProblem | undefined>(undefined)
  isLoadingSteps = $state(true)
  selection = $state.raw<Selection | undefined>(undefined)
  readonly #address: string
  #asked = 0

  constructor(object: string, id: string) {
    this.#address = `/records/${object}/${id}/process`
  }

  async load(): Promise<void> {
    await Promise.all([this.#loadPicture(), this.#loadSteps(undefined)])
  }

  /** Shows the steps of a state or a transition; of the whole history for what is selected already. */
  async select(selection: Selection | undefined): Promise<void> {
    const isSame = selection?.kind === this.selection?.kind && selection?.id === this.selection?.id
    this.selection = isSame ? undefined : selection
    await this.#loadSteps(undefined)
  }

  async loadMore(): Promise<void> {
    if (this.next !== null) await this.#loadSteps(this.next)
  }

  isSelected(kind: Selection['kind'], id: string): boolean {
    return this.selection?.kind === kind && this.selection.id === id
  }

  state(path: string): DrawnState | undefined {
    return this.picture?.machine.states.find((state) => state.path === path)
  }

  transition(id: string): DrawnTransition | undefined {
    return this.picture?.machine.transitions.find((transition) => transition.id === id)
  }

  /** What people call a state; of one inside of others the name alone. */
  label(path: string): string {
    return local(this.state(path)?.label) || path
  }

  async #loadPicture(): Promise<void> {
    try {
      this.picture = await api.get<ProcessPicture>(`${this.#address}/picture`)
      this.problem = undefined
    } catch (thrown) {
      this.problem = asProblem(thrown)
    }
  }

  async #loadSteps(after: string | undefined): Promise<void> {
    const asked = ++this.#asked
    const { selection } = this
    try {
      const answer = await api.get<ProcessSteps>(`${this.#address}/steps`, {
        after,
        ...(selection === undefined ? {} : { [selection.kind]: selection.id }),
      })
      // What was asked for later counts.
      if (asked !== this.#asked) return
      this.steps = after === undefined ? answer.steps : [...this.steps, ...answer.steps]
      this.next = answer.next
      this.stepsProblem = undefined
    } catch (thrown) {
      if (asked === this.#asked) this.stepsProblem = asProblem(thrown)
    }
    this.isLoadingSteps = false
  }
}
