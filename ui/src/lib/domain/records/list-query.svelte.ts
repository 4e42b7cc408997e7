import { noteArrival } from '#lib/domain/processes/clock-time.svelte.ts'
import { api } from '#lib/shared/api/client.ts'
import { asProblem, type ApiProblem } from '#lib/shared/api/problem.ts'
import type { Aggregate, Measure, RecordData, RecordPage, TotalFunction } from '#lib/shared/api/types.ts'
import { clocksIn } from './columns.ts'

export interface ListRequest {
  object: string
  /** Field paths to read. */
  fields: readonly string[]
  expand?: readonly string[]
  /** What is asked of each record beside its fields: whether the person may do it. */
  may?: readonly ('update' | 'delete')[]
  filter?: string | undefined
  search?: string | undefined
  sort: readonly string[]
  totals?: Readonly<Record<string, TotalFunction>>
  pageSize?: number
}

/** The server answers no more rows at once. */
const largestPage = 500

/** The rows of one list: pages by keyset as one scrolls, the count, the totals, and fresh rows as they change. */
export class ListQuery {
  rows = $state.raw<readonly RecordData[]>([])
  count = $state.raw<RecordPage['count']>(undefined)
  totals = $state.raw<Readonly<Record<string, unknown>>>({})
  problem = $state.raw<ApiProblem | undefined>(undefined)
  isLoading = $state(true)
  isLoadingMore = $state(false)
  hasMore = $state(false)
  readonly request: ListRequest
  #next: string | null = null
  #running = new AbortController()

  constructor(request: ListRequest) {
    this.request = request
  }

  /** Loads from the first row; rows already shown stay until the answer is here. */
  async load(): Promise<void> {
    this.#running.abort()
    const running = (this.#running = new AbortController())
    this.isLoading = true
    void this.#loadTotals(running.signal)
    try {
      const page = await this.#page(
        { count: true, limit: Math.min(Math.max(this.rows.length, this.#pageSize), largestPage) },
        running.signal,
      )
      this.problem = undefined
      this.count = page.count
      this.#show(page, page.rows)
    } catch (thrown) {
      if (running.signal.aborted) return
      this.problem = asProblem(thrown)
    }
    this.isLoading = false
  }

  async loadMore(): Promise<void> {
    if (!this.hasMore || this.isLoadingMore || this.#next === null) return
    this.isLoadingMore = true
    try {
      const page = await this.#page({ after: this.#next, limit: this.#pageSize }, this.#running.signal)
      this.#show(page, [...this.rows, ...page.rows])
    } catch (thrown) {
      if (!this.#running.signal.aborted) this.problem = asProblem(thrown)
    }
    this.isLoadingMore = false
  }

  /** Reads shown rows again after they changed; those that are gone leave, the others stay where one sees them. */
  async refresh(ids: readonly string[]): Promise<void> {
    const shown = ids.filter((id) => this.rows.some((row) => row.id === id))
    if (shown.length === 0) return
    if (shown.length > 20) return this.load()
    const { object, fields, expand = [], may = [] } = this.request
    const fresh = new Map<string, RecordData | undefined>()
    const query = {
      fields: fields.join(','),
      expand: expand.join(',') || undefined,
      may: may.join(',') || undefined,
    }
    const read = async (id: string) => {
      const row = await api.get<RecordData>(`/records/${object}/${id}`, query)
      noteArrival(clocksIn([row]))
      fresh.set(id, row)
    }
    await Promise.all(shown.map((id) => read(id).catch(() => fresh.set(id, undefined))))
    this.rows = this.rows.flatMap((row) => (fresh.has(row.id) ? (fresh.get(row.id) ?? []) : [row]))
    void this.#loadTotals()
  }

  replace(row: RecordData): void {
    this.rows = this.rows.map((old) => (old.id === row.id ? { ...old, ...row } : old))
  }

  remove(ids: ReadonlySet<string>): void {
    const left = this.rows.filter((row) => !ids.has(row.id))
    const gone = this.rows.length - left.length
    this.rows = left
    if (this.count && !this.count.capped) this.count = { ...this.count, value: this.count.value - gone }
  }

  stop(): void {
    this.#running.abort()
  }

  get #pageSize(): number {
    return this.request.pageSize ?? 100
  }

  #show(page: RecordPage, rows: readonly RecordData[]): void {
    this.rows = rows
    this.#next = page.next
    this.hasMore = page.next !== null
  }

  async #page(
    more: Partial<Record<'after' | 'filter', string>> & { limit: number; count?: boolean },
    signal?: AbortSignal,
  ) {
    const { object, fields, expand, may, filter, search, sort } = this.request
    const page = await api.post<RecordPage>(
      `/records/${object}/query`,
      { fields, expand, may, filter, search: search || undefined, sort, ...more },
      signal,
    )
    noteArrival(clocksIn(page.rows))
    return page
  }

  async #loadTotals(signal?: AbortSignal): Promise<void> {
    const { object, filter, search, totals = {} } = this.request
    const entries = Object.entries(totals)
    if (entries.length === 0) return
    const measures: Record<string, Measure> = Object.fromEntries(
      entries.map(([field, fn]) => [field, { function: fn, field }]),
    )
    try {
      const body = { filter, search: search || undefined, measures }
      const { groups } = await api.post<Aggregate>(`/records/${object}/aggregate`, body, signal)
      this.totals = groups[0]?.values ?? {}
    } catch {
      // The list stands without its totals; the list's own request reports what is wrong.
      this.totals = {}
    }
  }
}
