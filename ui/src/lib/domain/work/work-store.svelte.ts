import { api } from '#lib/shared/api/client.ts'
import { asProblem, type ApiProblem } from '#lib/shared/api/problem.ts'
import type { WorkItem } from '#lib/shared/api/types.ts'

export type WorkDecision = {
  outcome?: 'approved' | 'rejected'
  values: Readonly<Record<string, unknown>>
  comment?: string | undefined
}

/** What waits for the signed-in person. */
class WorkStore {
  items = $state.raw<readonly WorkItem[]>([])
  open = $state(0)
  isLoading = $state(true)
  problem = $state.raw<ApiProblem | undefined>(undefined)

  async load(): Promise<void> {
    try {
      const { items } = await api.get<{ items: WorkItem[] }>('/work-items', { mine: true, status: 'open' })
      this.items = items.filter((item) => item.status === 'open' || item.status === 'claimed')
      this.open = this.items.length
      this.problem = undefined
    } catch (thrown) {
      this.problem = asProblem(thrown)
    }
    this.isLoading = false
  }

  async count(): Promise<void> {
    try {
      this.open = (await api.get<{ open: number }>('/work-items/count')).open
    } catch {
      // The count is a courtesy of the top bar; the page of one's work reports what is wrong.
    }
  }
}

export const work = new WorkStore()

export function claimWork(item: WorkItem): Promise<WorkItem> {
  return api.post<WorkItem>(`/work-items/${item.id}/claim`)
}

export function releaseWork(item: WorkItem): Promise<WorkItem> {
  return api.post<WorkItem>(`/work-items/${item.id}/release`)
}

export function completeWork(item: WorkItem, decision: WorkDecision): Promise<WorkItem> {
  return api.post<WorkItem>(`/work-items/${item.id}/complete`, decision)
}
