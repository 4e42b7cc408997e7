import { work } from '#lib/domain/work/work-store.svelte.ts'
import type { WorkItem } from '#lib/shared/api/types.ts'
import { i18n } from '#lib/shared/i18n/i18n.svelte.ts'
import { SvelteSet } from 'svelte/reactivity'
import { groupsOf } from './groups.ts'

export type Tab = 'all' | 'mine' | 'unclaimed' | 'approvals' | 'tasks'

/** What the page of one's work shows: which part of it, which item is open, and which are marked. */
export class WorkPageState {
  tab = $state<Tab>('all')
  /** Only work on records of this object. */
  object = $state('')
  chosen = $state<string>()
  readonly marked = new SvelteSet<string>()

  readonly objects = $derived([...new Set(work.items.map((item) => item.object))].sort())
  readonly groups = $derived(
    groupsOf(
      work.items.filter((item) => this.#isAsked(item) && belongs(item, this.tab)),
      { now: new Date(), timeZone: i18n.timeZone },
    ),
  )
  readonly shown = $derived(this.groups.flatMap(({ items }) => items))
  readonly current = $derived(this.shown.find((item) => item.id === this.chosen) ?? this.shown[0])
  readonly markedItems = $derived(this.shown.filter((item) => this.marked.has(item.id)))

  countOf(tab: Tab): number {
    return work.items.filter((item) => this.#isAsked(item) && belongs(item, tab)).length
  }

  move(by: number): void {
    const at = this.current === undefined ? 0 : this.shown.indexOf(this.current)
    this.chosen = this.shown[Math.min(Math.max(at + by, 0), this.shown.length - 1)]?.id
  }

  mark(item: WorkItem): void {
    if (!this.marked.delete(item.id)) this.marked.add(item.id)
  }

  markAll(): void {
    const isAllMarked = this.markedItems.length === this.shown.length
    this.marked.clear()
    if (!isAllMarked) for (const { id } of this.shown) this.marked.add(id)
  }

  show(whose: typeof work.whose): void {
    work.whose = whose
    this.marked.clear()
    void work.load()
  }

  #isAsked(item: WorkItem): boolean {
    return this.object === '' || item.object === this.object
  }
}

function belongs(item: WorkItem, tab: Tab): boolean {
  if (tab === 'mine') return item.assignee !== null
  if (tab === 'unclaimed') return item.status === 'open' && item.assignee === null
  if (tab === 'tasks') return item.kind === 'task'
  return tab === 'all' || item.kind === 'approval'
}
