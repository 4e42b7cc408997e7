import { api } from '#lib/shared/api/client.ts'
import { asProblem, type ApiProblem } from '#lib/shared/api/problem.ts'
import type { Notification } from '#lib/shared/api/types.ts'

/** What was reported to the signed-in person. */
export class InboxState {
  items = $state.raw<readonly Notification[]>([])
  unread = $state(0)
  isLoading = $state(true)
  problem = $state.raw<ApiProblem | undefined>(undefined)

  async load(): Promise<void> {
    try {
      const answer = await api.get<{ items: Notification[]; unread: number }>('/notifications')
      this.items = answer.items
      this.unread = answer.unread
      this.problem = undefined
    } catch (thrown) {
      this.problem = asProblem(thrown)
    }
    this.isLoading = false
  }

  /** Marks notices as read, at once here and then on the server. */
  async markRead(items: readonly Notification[]): Promise<void> {
    const ids = items.filter((item) => !item.read).map((item) => item.id)
    if (ids.length === 0) return
    this.items = this.items.map((item) => (ids.includes(item.id) ? { ...item, read: true } : item))
    this.unread = Math.max(0, this.unread - ids.length)
    try {
      await api.post('/notifications/read', { ids })
    } catch {
      // They come back as unread with the next load.
    }
  }
}
