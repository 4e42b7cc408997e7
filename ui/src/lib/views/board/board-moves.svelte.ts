import { canLead, waysTo, type Ways } from '#lib/domain/processes/event-targets.ts'
import { ProcessStore } from '#lib/domain/processes/process-store.svelte.ts'
import { model } from '#lib/domain/session/model.svelte.ts'
import type { FieldMeta, LocalText, ProcessMeta, RecordData } from '#lib/shared/api/types.ts'
import { SvelteMap } from 'svelte/reactivity'
import type { ListState } from '../list/list-state.svelte.ts'

/** Whether a card may go to a column: undefined where no step leads there, with the reason where one is refused now. */
export interface Offer {
  isOpen: boolean
  reason?: LocalText | undefined
}

/** Where the cards of a board may go: as the process of each record says, or anywhere where its field is a choice. */
export class BoardMoves {
  /** The card that is being dragged. */
  lifted = $state.raw<RecordData | undefined>(undefined)
  readonly field: FieldMeta | undefined
  #list: ListState
  #process: ProcessMeta | undefined
  #looks = new SvelteMap<string, { store: ProcessStore; loaded: Promise<void> }>()

  constructor(list: ListState, field: FieldMeta | undefined) {
    this.#list = list
    this.field = field
    this.#process = field?.type === 'state' ? model.lifecycle(list.object) : undefined
  }

  get isByProcess(): boolean {
    return this.#process !== undefined
  }

  /** Whether a person could move cards at all: where a process decides, its steps do, else the right to change. */
  get isPossible(): boolean {
    return (
      (this.#process?.events.length ?? 0) > 0 ||
      (!this.isByProcess && this.#list.object.rights.update && this.field?.writable === true)
    )
  }

  /** Whether a card can be moved at all: what its process offers is told when it is lifted. */
  canLift(record: RecordData): boolean {
    return this.isPossible && (this.isByProcess || mayUpdate(record))
  }

  /** Reads which steps the process of a record offers now. */
  async look(record: RecordData): Promise<ProcessStore | undefined> {
    if (!this.isByProcess) return undefined
    const known = this.#looks.get(keyOf(record))
    if (known === undefined) {
      const store = new ProcessStore(this.#list.object.name, record.id)
      this.#looks.set(keyOf(record), { store, loaded: store.load() })
      return this.look(record)
    }
    await known.loaded
    if (known.store.problem !== undefined) this.forget(record)
    return known.store
  }

  /** The record has moved on. */
  forget(record: RecordData): void {
    this.#looks.delete(keyOf(record))
  }

  lift(record: RecordData): void {
    this.lifted = record
    void this.look(record)
  }

  /** What a column offers to a card. Until the process has answered, as far as the declarations tell. */
  offer(record: RecordData, column: string): Offer | undefined {
    const here = String(record[this.field?.name ?? ''])
    if (here === column) return undefined
    if (!this.isByProcess) return mayUpdate(record) ? { isOpen: true } : undefined
    const view = this.#looks.get(keyOf(record))?.store.view
    // Some steps take no right to change the record; which ones, the process will say.
    if (view === undefined)
      return mayUpdate(record) && canLead(this.#process, here, column) ? { isOpen: true } : undefined
    const { possible, refused } = waysTo(this.#process, view, column)
    if (possible.length > 0) return { isOpen: true }
    return refused[0] && { isOpen: false, reason: refused[0].reason }
  }

  /** Whether the card that is being dragged may be dropped on a column. */
  takesLifted(column: string): boolean {
    return this.lifted !== undefined && this.offer(this.lifted, column)?.isOpen === true
  }

  ways({ view }: ProcessStore, column: string): Ways {
    return view === undefined ? { possible: [], refused: [] } : waysTo(this.#process, view, column)
  }
}

/** Whether the person may change this very record. */
function mayUpdate(record: RecordData): boolean {
  return record['may:update'] !== false
}

function keyOf({ id, version }: RecordData): string {
  return `${id} ${version}`
}
