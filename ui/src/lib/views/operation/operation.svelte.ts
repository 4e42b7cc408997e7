import { api } from '#lib/shared/api/client.ts'
import { asProblem, type ApiProblem } from '#lib/shared/api/problem.ts'
import type {
  CountedPlaces,
  InstanceFilter,
  ListedInstance,
  ListedInstances,
  Migrations,
  OperatorAct,
  Repair,
  Trouble,
} from '#lib/shared/api/types.ts'
import { SvelteSet } from 'svelte/reactivity'

export type Tab = Trouble | 'active'

/** What an act is done to: one process as it is seen, those that are marked, or all that the filter finds. */
export type ActTarget =
  { readonly one: ListedInstance } | { readonly ids: readonly string[] } | { readonly all: InstanceFilter }

const repairsEvery = 1_500

/** The operator's page: live processes by what is the matter with them, and the repairs that are under way. */
export class OperationState {
  tab = $state<Tab>('stuck')
  process = $state('')
  state = $state('')
  tag = $state('')
  version = $state('')
  quietHours = $state('')
  items = $state.raw<readonly ListedInstance[]>([])
  next = $state<string | null>(null)
  places = $state.raw<CountedPlaces['places']>([])
  repairs = $state.raw<readonly Repair[]>([])
  migrations = $state.raw<Migrations['items']>([])
  isLoading = $state(true)
  problem = $state.raw<ApiProblem | undefined>(undefined)
  readonly marked = new SvelteSet<string>()
  #asked = 0
  #timer: ReturnType<typeof setTimeout> | undefined
  #migrationTimer: ReturnType<typeof setTimeout> | undefined

  get filter(): InstanceFilter {
    const { tab, process, state, tag, version, quietHours } = this
    return {
      ...(tab === 'active' ? {} : { trouble: tab }),
      ...(process === '' ? {} : { process }),
      ...(state === '' ? {} : { state }),
      ...(tag === '' ? {} : { tag }),
      ...(version === '' ? {} : { version }),
      ...(quietHours === '' ? {} : { quiet_hours: Number(quietHours) }),
    }
  }

  /** How many are in a trouble, with the process, version, state and tag that are chosen. */
  countOf(tab: Tab): number {
    return this.places
      .filter(({ process, version, states, tags }) => {
        const isIn = ({ path }: { path: string }) =>
          path === this.state || path.startsWith(`${this.state}.`) || this.state === ''
        return (
          (this.process === '' || process === this.process) &&
          (this.version === '' || version === this.version) &&
          states.some(isIn) &&
          (this.tag === '' || tags.some(({ value }) => value === this.tag))
        )
      })
      .reduce((sum, { counts }) => sum + counts[tab], 0)
  }

  async load(): Promise<void> {
    await Promise.all([this.loadItems(), this.#loadCounts(), this.loadRepairs(), this.loadMigrations()])
  }

  async loadItems(): Promise<void> {
    this.marked.clear()
    await this.#read(undefined)
  }

  async loadMore(): Promise<void> {
    if (this.next !== null) await this.#read(this.next)
  }

  /** Follows repairs until all have come to their end. */
  async loadRepairs(): Promise<void> {
    clearTimeout(this.#timer)
    const before = this.repairs.filter(isUnderWay).length
    const answer = await api.get<{ items: Repair[] }>('/repairs').catch(() => undefined)
    if (answer === undefined) return
    this.repairs = answer.items
    const underWay = answer.items.filter(isUnderWay).length
    if (underWay < before) await Promise.all([this.loadItems(), this.#loadCounts()])
    if (underWay > 0) this.#timer = setTimeout(() => void this.loadRepairs(), repairsEvery)
  }

  /** Follows new versions until all have taken over what there is. */
  async loadMigrations(): Promise<void> {
    clearTimeout(this.#migrationTimer)
    const before = this.migrations.filter(isTakingOver).length
    const answer = await api.get<Migrations>('/migrations').catch(() => undefined)
    if (answer === undefined) return
    this.migrations = answer.items
    const underWay = answer.items.filter(isTakingOver).length
    if (underWay < before) await Promise.all([this.loadItems(), this.#loadCounts()])
    if (underWay > 0) this.#migrationTimer = setTimeout(() => void this.loadMigrations(), repairsEvery)
  }

  stop(): void {
    clearTimeout(this.#timer)
    clearTimeout(this.#migrationTimer)
  }

  /** Acts at once on one, by the worker on many. Throws ApiProblem. */
  async act(target: ActTarget, act: OperatorAct): Promise<void> {
    if ('one' in target) {
      const { id, step } = target.one
      await api.post(`/instances/${id}/act`, { step, act })
      await Promise.all([this.loadItems(), this.#loadCounts()])
      return
    }
    const filter = 'ids' in target ? { ids: target.ids } : target.all
    await api.post('/repairs', { act, filter })
    this.marked.clear()
    await this.loadRepairs()
  }

  async cancel({ id }: Repair): Promise<void> {
    await api.post(`/repairs/${id}/cancel`)
    await this.load()
  }

  async #read(after: string | undefined): Promise<void> {
    const asked = ++this.#asked
    try {
      const answer = await api.get<ListedInstances>('/instances', {
        ...(this.filter as Record<string, string>),
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

  async #loadCounts(): Promise<void> {
    const answer = await api.get<CountedPlaces>('/instances/counts').catch(() => undefined)
    if (answer !== undefined) this.places = answer.places
  }
}

export function isUnderWay({ status }: Repair): boolean {
  return status === 'queued' || status === 'running'
}

export function isTakingOver({ status }: Migrations['items'][number]): boolean {
  return status === 'waiting' || status === 'running'
}
