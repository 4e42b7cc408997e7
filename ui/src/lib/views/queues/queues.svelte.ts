import { api } from '#lib/shared/api/client.ts'
import { asProblem, type ApiProblem } from '#lib/shared/api/problem.ts'
import type { QueueSummary, QueueView, WorkItem } from '#lib/shared/api/types.ts'

/** The queues that the person sees, and the one that is open. */
export class QueuesState {
  items = $state.raw<readonly QueueSummary[]>([])
  open = $state.raw<QueueView | undefined>(undefined)
  isLoading = $state(true)
  problem = $state.raw<ApiProblem | undefined>(undefined)

  /** @param asked the name of the queue to open; the first without it */
  async load(asked: string | null): Promise<void> {
    try {
      this.items = (await api.get<{ items: QueueSummary[] }>('/queues')).items
      const name = this.items.find((queue) => queue.name === asked)?.name ?? this.items[0]?.name
      this.open = name === undefined ? undefined : await api.get<QueueView>(`/queues/${name}`)
      this.problem = undefined
    } catch (thrown) {
      this.problem = asProblem(thrown)
    }
    this.isLoading = false
  }

  /** The next work of the open queue; undefined where nothing waits for the person. */
  takeNext(): Promise<WorkItem | undefined> {
    return api.post<WorkItem | undefined>(`/queues/${this.open?.name ?? ''}/next`)
  }
}
