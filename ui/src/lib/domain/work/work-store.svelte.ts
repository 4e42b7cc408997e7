import { api } from '#lib/shared/api/client.ts'
import { asProblem, type ApiProblem } from '#lib/shared/api/problem.ts'
import type { Approval, WorkBulkAnswer, WorkItem, WorkLogEntry } from '#lib/shared/api/types.ts'
import { isDoable } from './doable.ts'

export type WorkDecision = {
  outcome?: 'approved' | 'rejected'
  values: Readonly<Record<string, unknown>>
  comment?: string | undefined
}

/** What waits for the signed-in person. */
class WorkStore {
  /** The own work, or for administrators the work of people who left. */
  whose = $state<'mine' | 'inactive'>('mine')
  items = $state.raw<readonly WorkItem[]>([])
  open = $state(0)
  isLoading = $state(true)
  problem = $state.raw<ApiProblem | undefined>(undefined)

  async load(): Promise<void> {
    try {
      const whose = this.whose
      const query = whose === 'mine' ? { mine: true, status: 'open' } : { held_by: whose }
      const { items } = await api.get<{ items: WorkItem[] }>('/work-items', query)
      if (whose !== this.whose) return
      this.items = items
      if (whose === 'mine') this.open = items.filter(isDoable).length
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
  return act(item, 'claim')
}

export function releaseWork(item: WorkItem): Promise<WorkItem> {
  return act(item, 'release')
}

export function completeWork(item: WorkItem, decision: WorkDecision): Promise<WorkItem> {
  return act(item, 'complete', decision)
}

/** To whom work is given, or who is added to it, with a word to them. */
export interface Giving {
  to: string
  comment?: string | undefined
}

export const workActs = {
  giveBack: (item: WorkItem, returning: { to?: string | undefined; comment: string }) =>
    act(item, 'return', returning),
  transfer: (item: WorkItem, giving: Giving) => act(item, 'transfer', giving),
  delegate: (item: WorkItem, giving: Giving) => act(item, 'delegate', giving),
  answer: (item: WorkItem, comment: string) => act(item, 'answer', { comment }),
  recall: (item: WorkItem) => act(item, 'recall'),
  add: (item: WorkItem, place: 'before' | 'after', giving: Giving) => act(item, 'add', { place, ...giving }),
  remove: (item: WorkItem, added: string) => act(item, 'remove', { added }),
  urge: (item: WorkItem, comment?: string) => act<void>(item, 'urge', { comment }),
  remark: (item: WorkItem, comment: string) => act<void>(item, 'comment', { comment }),
  changeDue: (item: WorkItem, due: string | null, comment?: string) =>
    act<void>(item, 'due', { due_at: due, comment }),
}

export const approvalActs = {
  withdraw: ({ id }: Approval) => api.post<void>(`/approvals/${id}/withdraw`, {}),
  take_back: ({ id }: Approval) => api.post<void>(`/approvals/${id}/take-back`, {}),
}

export async function workLog(item: WorkItem): Promise<readonly WorkLogEntry[]> {
  return (await api.get<{ entries: WorkLogEntry[] }>(`/work-items/${item.id}/log`)).entries
}

export type BulkAct =
  | { act: 'claim' }
  | ({ act: 'transfer' } & Giving)
  | { act: 'complete'; outcome?: 'approved' | 'rejected'; comment?: string | undefined }

/** One act on many items; each is answered by itself. */
export function actOnMany(items: readonly WorkItem[], asked: BulkAct): Promise<WorkBulkAnswer> {
  return api.post<WorkBulkAnswer>('/work-items/bulk', { ...asked, ids: items.map(({ id }) => id) })
}

function act<T = WorkItem>(item: WorkItem, name: string, body?: unknown): Promise<T> {
  return api.post<T>(`/work-items/${item.id}/${name}`, body)
}
