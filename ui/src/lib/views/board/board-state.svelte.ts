import { EventRunner } from '#lib/domain/processes/event-runner.svelte.ts'
import { tellRefusal } from '#lib/domain/records/deletion.ts'
import { bothFilters, quote } from '#lib/domain/records/filter/write.ts'
import { ListQuery } from '#lib/domain/records/list-query.svelte.ts'
import { api } from '#lib/shared/api/client.ts'
import { asProblem, type ApiProblem } from '#lib/shared/api/problem.ts'
import type {
  Aggregate,
  Colour,
  FieldMeta,
  LocalText,
  ProcessEvent,
  RecordData,
} from '#lib/shared/api/types.ts'
import { local, t } from '#lib/shared/i18n/i18n.svelte.ts'
import { tell } from '#lib/shared/controls/tell.svelte.ts'
import type { ListState } from '../list/list-state.svelte.ts'
import { BoardMoves } from './board-moves.svelte.ts'

export interface BoardColumn {
  value: string
  label: LocalText
  colour: Colour | undefined
  query: ListQuery
}

/** A drop that several steps could mean: the person chooses. */
interface Choosing {
  events: readonly ProcessEvent[]
  choose: (event: ProcessEvent | undefined) => void
}

/** A board: one query a column, counts and sums, and moves that the process decides. */
export class BoardState {
  columns = $state.raw<readonly BoardColumn[]>([])
  problem = $state.raw<ApiProblem | undefined>(undefined)
  choosing = $state.raw<Choosing | undefined>(undefined)
  /** Cards whose move is being decided. */
  moving = $state.raw<ReadonlySet<string>>(new Set())
  /** The card that was moved by hand of the keyboard: the focus goes with it. */
  followed = $state<string>()
  readonly field: FieldMeta | undefined
  readonly moves: BoardMoves
  readonly runner = new EventRunner()
  #sums = $state.raw<ReadonlyMap<string, Readonly<Record<string, unknown>>>>(new Map())
  #list: ListState

  constructor(list: ListState) {
    this.#list = list
    this.field = list.object.fields[list.view.columns_by ?? '']
    this.moves = new BoardMoves(list, this.field)
    const { request } = list
    this.columns = columnValues(this.field).map((column) => ({
      ...column,
      query: new ListQuery({
        ...request,
        fields: [...request.fields, ...(list.view.sum ? [list.view.sum] : [])],
        may: ['update'],
        filter: bothFilters(request.filter, `record.${list.view.columns_by} == ${quote(column.value)}`),
        totals: {},
        pageSize: 30,
      }),
    }))
  }

  async load(): Promise<void> {
    void this.#loadSums()
    await Promise.all(this.columns.map((column) => column.query.load()))
    this.problem = this.columns.find((column) => column.query.problem)?.query.problem
  }

  stop(): void {
    for (const column of this.columns) column.query.stop()
  }

  count(column: BoardColumn): number | undefined {
    const known = this.#sums.get(column.value)?.count
    return known === undefined ? undefined : Number(known)
  }

  sum(column: BoardColumn): unknown {
    return this.#sums.get(column.value)?.sum
  }

  /**
   * Moves a card to a column: by the step of its process that leads there, with its form where it has one, or by
   * changing the choice. The card goes back where the move is refused or cancelled.
   */
  async move(record: RecordData, to: BoardColumn): Promise<void> {
    const from = this.columns.find((column) => column.query.rows.some((row) => row.id === record.id))
    if (from === undefined || from === to) return
    this.#place(record, from, to)
    this.moving = new Set([...this.moving, record.id])
    try {
      const isMoved = this.moves.isByProcess
        ? await this.#moveByProcess(record, to)
        : await this.#moveByChoice(record, to)
      if (!isMoved) this.#place(record, to, from)
    } catch (thrown) {
      this.#place(record, to, from)
      tellRefusal(thrown)
    }
    this.moves.forget(record)
    this.moving = new Set([...this.moving].filter((id) => id !== record.id))
    void this.#loadSums()
  }

  async #moveByChoice(record: RecordData, to: BoardColumn): Promise<boolean> {
    await api.patch(`/records/${this.#list.object.name}/${record.id}`, { [this.field?.name ?? '']: to.value })
    return true
  }

  async #moveByProcess(record: RecordData, to: BoardColumn): Promise<boolean> {
    const process = await this.moves.look(record)
    if (process?.view === undefined) throw process?.problem
    const { possible, refused } = this.moves.ways(process, to.value)
    if (possible.length === 0) return tellNoWay(to, refused)
    const event = possible.length === 1 ? possible[0] : await this.#ask(possible)
    if (event === undefined) return false
    const whole = await api.get<RecordData>(`/records/${this.#list.object.name}/${record.id}`)
    const answer = await this.runner.run(event, process, whole)
    if (answer === undefined) return false
    const reached = String(answer.record[this.field?.name ?? ''])
    if (reached === to.value) return true
    // The step led elsewhere (a guard decided): the card goes where the record is.
    const actual = this.columns.find((column) => column.value === reached)
    if (actual) this.#place(record, to, actual)
    return true
  }

  #ask(events: readonly ProcessEvent[]): Promise<ProcessEvent | undefined> {
    return new Promise((resolve) => {
      this.choosing = {
        events,
        choose: (event) => {
          this.choosing = undefined
          resolve(event)
        },
      }
    })
  }

  #place(record: RecordData, from: BoardColumn, to: BoardColumn): void {
    from.query.rows = from.query.rows.filter((row) => row.id !== record.id)
    const moved = { ...record, [this.field?.name ?? '']: to.value }
    to.query.rows = [moved, ...to.query.rows.filter((row) => row.id !== record.id)]
  }

  async #loadSums(): Promise<void> {
    const { object, view, request } = this.#list
    if (this.field === undefined) return
    try {
      const { groups } = await api.post<Aggregate>(`/records/${object.name}/aggregate`, {
        filter: request.filter,
        search: request.search || undefined,
        group_by: [this.field.name],
        measures: {
          count: { function: 'count' },
          ...(view.sum === undefined ? {} : { sum: { function: 'sum', field: view.sum } }),
        },
      })
      const name = this.field.name
      this.#sums = new Map(groups.map((group) => [String(group.key[name]), group.values]))
    } catch (thrown) {
      this.problem ??= asProblem(thrown)
    }
  }
}

function tellNoWay(to: BoardColumn, refused: readonly ProcessEvent[]): false {
  tell.refused(t('board.no_way', { state: local(to.label) }), {
    text: local(refused.find((event) => event.reason)?.reason) || undefined,
  })
  return false
}

function columnValues(field: FieldMeta | undefined) {
  return (field?.choices ?? [])
    .filter((choice) => !choice.retired)
    .map(({ value, label, colour }) => ({ value, label, colour }))
}
