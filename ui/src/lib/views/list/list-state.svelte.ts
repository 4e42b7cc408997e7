import { columnsOf, sortPath, type Column } from '#lib/domain/records/columns.ts'
import type { Clause } from '#lib/domain/records/filter/clause.ts'
import { readFilter } from '#lib/domain/records/filter/read.ts'
import { bothFilters, writeFilter } from '#lib/domain/records/filter/write.ts'
import { ListQuery, type ListRequest } from '#lib/domain/records/list-query.svelte.ts'
import { model } from '#lib/domain/session/model.svelte.ts'
import type { ObjectMeta, SortKey, ViewMeta } from '#lib/shared/api/types.ts'
import { readStored, writeStored } from '#lib/shared/stored.ts'
import { SvelteSet } from 'svelte/reactivity'

/** What one looks at in a list: the view, what was filtered, searched and sorted on top of it, and what is selected. */
export class ListState {
  readonly object: ObjectMeta
  readonly view: ViewMeta
  clauses = $state.raw<readonly Clause[]>([])
  search = $state('')
  sort = $state.raw<readonly SortKey[]>([])
  selected = new SvelteSet<string>()
  #paths = $state.raw<readonly string[]>([])

  columns = $derived.by<readonly Column[]>(() => columnsOf(this.object, this.#paths))
  filter = $derived.by(() => bothFilters(this.view.filter, writeFilter(this.clauses)))
  request = $derived.by<ListRequest>(() => ({
    object: this.object.name,
    fields: [...new Set([this.object.name_field, ...this.columns.map((column) => column.asked)])],
    expand: this.columns.filter((column) => column.field.type === 'references').map((column) => column.path),
    filter: this.filter,
    search: this.search,
    sort: this.sort.flatMap((key) => this.#sortText(key) ?? []),
    totals: Object.fromEntries(
      Object.entries(this.view.totals ?? {}).filter(([path]) =>
        this.columns.some((column) => column.path === path),
      ),
    ),
  }))

  constructor(object: ObjectMeta, view: ViewMeta, address: Pick<URLSearchParams, 'get'>) {
    this.object = object
    this.view = view
    this.#paths = readStored<string[]>(`columns.${view.name}`) ?? view.columns
    this.clauses = readFilter(address.get('filter') ?? '')
    this.search = address.get('q') ?? ''
    const sort = address.get('sort')
    this.sort = sort === null ? view.sort : readSort(sort)
  }

  /** The address of what one looks at, so that it can be sent to a colleague. */
  get address(): string {
    const pairs = new URLSearchParams({ view: this.view.name })
    const filter = writeFilter(this.clauses)
    if (filter !== '') pairs.set('filter', filter)
    if (this.search !== '') pairs.set('q', this.search)
    if (this.sort !== this.view.sort) pairs.set('sort', this.sort.map(writeKey).join(','))
    return `/o/${this.object.name}?${pairs}`
  }

  get columnPaths(): readonly string[] {
    return this.#paths
  }

  get hasOwnColumns(): boolean {
    return this.#paths !== this.view.columns
  }

  chooseColumns(paths: readonly string[] | undefined): void {
    this.#paths = paths ?? this.view.columns
    writeStored(`columns.${this.view.name}`, paths)
  }

  /** Ascending, then descending, then as the view says. */
  sortBy(column: Column): void {
    const direction = this.directionOf(column)
    if (direction === undefined) this.sort = [{ field: column.path, direction: 'ascending' }]
    else if (direction === 'ascending') this.sort = [{ field: column.path, direction: 'descending' }]
    else this.sort = this.view.sort
  }

  directionOf(column: Column): 'ascending' | 'descending' | undefined {
    const key = this.sort[0]
    return key?.field === column.path ? (key.direction ?? 'ascending') : undefined
  }

  setClause(at: number, clause: Clause | undefined): void {
    const next = [...this.clauses]
    if (clause === undefined) next.splice(at, 1)
    else next[at] = clause
    this.clauses = next
  }

  toggle(id: string): void {
    if (!this.selected.delete(id)) this.selected.add(id)
  }

  #sortText(key: SortKey): string | undefined {
    const column = columnsOf(this.object, [key.field])[0]
    if (column === undefined) return undefined
    return key.direction === 'descending' ? `-${sortPath(column)}` : sortPath(column)
  }
}

const recent = new Map<string, ListQuery>()

/** The query of a request; one that was shown lately comes back with its rows, and is read again behind them. */
export function queryOf(request: ListRequest): ListQuery {
  const key = JSON.stringify(request)
  const known = recent.get(key) ?? new ListQuery(request)
  recent.delete(key)
  recent.set(key, known)
  const oldest = recent.keys().next().value
  if (recent.size > 12 && oldest !== undefined) recent.delete(oldest)
  return known
}

/** The view that an address names, else the first of the object. */
export function viewOf(object: ObjectMeta, name: string | null): ViewMeta {
  const views = model.views(object)
  return (views.find((view) => view.name === name) ?? views[0]) as ViewMeta
}

function readSort(text: string): readonly SortKey[] {
  return text
    .split(',')
    .filter(Boolean)
    .map((key) =>
      key.startsWith('-')
        ? { field: key.slice(1), direction: 'descending' }
        : { field: key, direction: 'ascending' },
    )
}

function writeKey(key: SortKey): string {
  return key.direction === 'descending' ? `-${key.field}` : key.field
}
