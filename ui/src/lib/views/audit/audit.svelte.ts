import { api } from '#lib/shared/api/client.ts'
import { download } from '#lib/shared/api/download.ts'
import { asProblem, type ApiProblem } from '#lib/shared/api/problem.ts'
import type { AuditEntry, AuditPage } from '#lib/shared/api/types.ts'
import { i18n, t, type MessageKey } from '#lib/shared/i18n/i18n.svelte.ts'

/** The actions by which the log is filtered: each with all that its first part stands for. */
export const actionGroups = [
  'sign_in',
  'user',
  'role',
  'share',
  'key',
  'impersonation',
  'publish',
  'rollback',
  'import',
  'export',
  'operation',
  'repair',
  'erasure',
  'retention',
  'consent',
] as const

/** The audit log, as far as it was asked for. */
export class AuditState {
  action = $state('')
  person = $state<string | undefined>(undefined)
  from = $state<string | null>(null)
  to = $state<string | null>(null)
  items = $state.raw<readonly AuditEntry[]>([])
  next = $state<string | null>(null)
  isLoading = $state(true)
  problem = $state.raw<ApiProblem | undefined>(undefined)
  #asked = 0

  get filter(): Record<string, string | undefined> {
    return {
      action: this.action || undefined,
      person: this.person,
      from: this.from ?? undefined,
      to: this.to ?? undefined,
    }
  }

  clear(): void {
    this.action = ''
    this.person = undefined
    this.from = null
    this.to = null
  }

  load(): Promise<void> {
    return this.#read(undefined)
  }

  async loadMore(): Promise<void> {
    if (this.next !== null) await this.#read(this.next)
  }

  /** Saves all that the filter finds as a file. Throws ApiProblem. */
  async export(format: 'csv' | 'ndjson'): Promise<void> {
    const given = Object.entries(this.filter).filter(([, value]) => value !== undefined) as [string, string][]
    await download(`/audit/export?${new URLSearchParams([...given, ['format', format]])}`, `audit.${format}`)
    await this.load()
  }

  async #read(after: string | undefined): Promise<void> {
    const asked = ++this.#asked
    try {
      const answer = await api.get<AuditPage>('/audit', { ...this.filter, after })
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

/** What people read for an action; the name itself for one that this version of the interface does not know. */
export function actionLabel(action: string): string {
  const key = `audit.action.${action}`
  return i18n.has(key) ? t(key as MessageKey) : action
}
