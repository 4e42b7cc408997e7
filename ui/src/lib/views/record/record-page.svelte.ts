import { ClocksStore } from '#lib/domain/processes/clocks-store.svelte.ts'
import { EventRunner } from '#lib/domain/processes/event-runner.svelte.ts'
import { waysTo } from '#lib/domain/processes/event-targets.ts'
import { ProcessStore } from '#lib/domain/processes/process-store.svelte.ts'
import { RecordStore } from '#lib/domain/records/record-store.svelte.ts'
import { TimelineState } from '#lib/domain/records/timeline.svelte.ts'
import { rules } from '#lib/domain/rules/rules.svelte.ts'
import { model } from '#lib/domain/session/model.svelte.ts'
import { work } from '#lib/domain/work/work-store.svelte.ts'
import { onLive } from '#lib/shared/api/live.ts'
import type { EventAnswer, ObjectMeta, PageMeta, ProcessEvent, StateMeta } from '#lib/shared/api/types.ts'

/** Everything on a record's page, kept in step: the record, its process, its history and the work that is open. */
export class RecordPageState {
  readonly object: ObjectMeta
  readonly page: PageMeta
  readonly store: RecordStore
  readonly process: ProcessStore | undefined
  /** Undefined where nothing is promised on records of the object. */
  readonly clocks: ClocksStore | undefined
  readonly timeline: TimelineState
  readonly runner = new EventRunner()
  /** Grows whenever something on the page may have changed, for the related lists. */
  generation = $state(0)
  isGone = $state(false)
  /** Whether there are lines that are not saved yet: what is computed from them does not know them. */
  hasUnsavedLines = $state(false)
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(object: ObjectMeta, id: string) {
    this.object = object
    this.page = model.page(object)
    this.store = new RecordStore(object, id)
    this.process = object.lifecycle === undefined ? undefined : new ProcessStore(object.name, id)
    this.clocks = object.has_clocks === true ? new ClocksStore(object.name, id) : undefined
    this.timeline = new TimelineState(object.name, id)
    const conditions = [...this.page.sections, ...this.page.related, ...Object.values(object.fields)]
    if (conditions.some((place) => place.visible_when !== undefined) || hasRules(object)) void rules.load()
  }

  async load(): Promise<void> {
    await Promise.all([this.store.load(), this.process?.load(), this.clocks?.load(), this.timeline.load()])
  }

  /** Reads again what follows from a change: where the process stands, the history, the lists beneath. */
  async afterChange(): Promise<void> {
    this.generation++
    await Promise.all([this.process?.load(), this.clocks?.load(), this.timeline.load()])
  }

  async run(event: ProcessEvent): Promise<EventAnswer | undefined> {
    if (this.process === undefined || this.store.record === undefined) return undefined
    const answer = await this.runner.run(event, this.process, this.store.record)
    if (answer === undefined) await this.process.load()
    else {
      await this.store.load()
      this.generation++
      await Promise.all([this.clocks?.load(), this.timeline.load()])
      void work.count()
    }
    return answer
  }

  /** Whether the state of the record closes a field to the person. */
  isClosed(field: string): boolean {
    return this.#state?.closed?.includes(field) === true
  }

  get isUndeletable(): boolean {
    return this.#state?.undeletable === true
  }

  get #state(): StateMeta | undefined {
    const lifecycle = model.lifecycle(this.object)
    const path = this.store.record?.[lifecycle?.state_field ?? '']
    return lifecycle?.states.find((state) => state.path === path)
  }

  /** The only step that leads to a state now; undefined where there are none or several. */
  stepTo(state: string): ProcessEvent | undefined {
    const view = this.process?.view
    if (view === undefined) return undefined
    const { possible } = waysTo(model.lifecycle(this.object), view, state)
    return possible.length === 1 ? possible[0] : undefined
  }

  /** Follows what others do to this record and around it. Answers the way to stop. */
  follow(): () => void {
    const stop = onLive((live) => {
      if (live.event === 'work' || live.event === 'many') return this.#soon()
      if (live.event !== 'change') return
      const { object, id, version, action } = live.data
      const isMine = object === this.object.name && id === this.store.id
      if (isMine && action === 'delete') this.isGone = true
      // What is noted, such as a file that comes or goes, leaves the record as it is.
      else if (isMine && (action === 'note' || version !== this.store.record?.version)) this.#soon()
      else if (this.page.related.some((list) => list.object === object)) this.generation++
    })
    return () => {
      clearTimeout(this.#timer)
      stop()
    }
  }

  #soon(): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => {
      if (this.store.saving.size === 0) void this.load()
      this.generation++
    }, 300)
  }
}

function hasRules(object: ObjectMeta): boolean {
  return Object.values(object.fields).some((field) => (field.required_when ?? field.expression) !== undefined)
}
