import { api } from '#lib/shared/api/client.ts'
import { asProblem, type ApiProblem } from '#lib/shared/api/problem.ts'
import type { EventAnswer, ProcessEvent, ProcessView } from '#lib/shared/api/types.ts'

/** Where a record stands in its process, and the steps that are possible now. */
export class ProcessStore {
  view = $state.raw<ProcessView | undefined>(undefined)
  problem = $state.raw<ApiProblem | undefined>(undefined)
  readonly object: string
  readonly id: string

  constructor(object: string, id: string) {
    this.object = object
    this.id = id
  }

  async load(): Promise<void> {
    try {
      this.view = await api.get<ProcessView>(`/records/${this.object}/${this.id}/process`)
      this.problem = undefined
    } catch (thrown) {
      this.problem = asProblem(thrown)
    }
  }

  /** Sends an event. Throws ApiProblem: `event_refused` with the reason, `validation` with the form's faults. */
  async send(event: string, values: Readonly<Record<string, unknown>>): Promise<EventAnswer> {
    const answer = await api.post<EventAnswer>(
      `/records/${this.object}/${this.id}/events/${event}?expand=process`,
      {
        values,
      },
    )
    if (answer.process !== null) this.view = answer.process
    return answer
  }

  get possible(): readonly ProcessEvent[] {
    return (this.view?.events ?? []).filter((event) => event.possible)
  }

  /** The next usual step: the one primary button. */
  get primary(): ProcessEvent | undefined {
    return this.possible.find((event) => event.primary && !event.destructive)
  }

  get others(): readonly ProcessEvent[] {
    return this.possible.filter((event) => event !== this.primary)
  }
}
