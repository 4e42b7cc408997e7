import { model } from '#lib/domain/session/model.svelte.ts'
import { session } from '#lib/domain/session/session.svelte.ts'
import { api } from '#lib/shared/api/client.ts'
import { ApiProblem, asProblem } from '#lib/shared/api/problem.ts'
import type { FieldMeta, ObjectMeta, RecordData } from '#lib/shared/api/types.ts'
import { idOf, targetObject } from '../fields/reference-target.ts'
import { rules } from '../rules/rules.svelte.ts'
import { keptRows } from './lines/kept-rows.ts'

/** Two people changed the same field: one's own value, the record with theirs, and how the person decides. */
export interface Conflict {
  field: string
  mine: unknown
  theirs: RecordData
  keep: (whose: 'mine' | 'theirs') => void
}

/** What is asked beside the fields: whether the person may change and delete this very record. */
const may = 'update,delete'

/** How a change ended: as it was made, beside changes of others, or given up for theirs. */
export type Saved = 'saved' | 'merged' | 'dropped'

/** One record on its page: read, changed field by field, and kept in step with what others do. */
export class RecordStore {
  record = $state.raw<RecordData | undefined>(undefined)
  problem = $state.raw<ApiProblem | undefined>(undefined)
  conflict = $state.raw<Conflict | undefined>(undefined)
  /** Fields whose new value is on its way. */
  saving = $state.raw<ReadonlySet<string>>(new Set())
  readonly object: ObjectMeta
  readonly id: string

  constructor(object: ObjectMeta, id: string) {
    this.object = object
    this.id = id
  }

  async load(): Promise<void> {
    try {
      this.record = await this.#read()
      this.problem = undefined
    } catch (thrown) {
      this.problem = asProblem(thrown)
    }
  }

  /** Takes a record that an answer brought along; titles of references already known are kept. */
  take(record: RecordData): void {
    this.record = { ...record, ...this.#knownTitles(record) }
  }

  /**
   * Changes fields. The new values show at once and are taken back where they are refused. Where others changed
   * other fields meanwhile, both changes are kept; where they changed the same field, `conflict` asks.
   * @param version of the record when the change was begun; without it, the one that is shown
   * @throws ApiProblem for refusals other than conflicts
   */
  async save(values: Readonly<Record<string, unknown>>, version?: number): Promise<Saved> {
    const before = this.record as RecordData
    this.record = { ...before, ...values }
    this.saving = new Set([...this.saving, ...Object.keys(values)])
    try {
      return await this.#send(values, { ...before, version: version ?? before.version })
    } catch (thrown) {
      this.record = before
      throw thrown
    } finally {
      this.saving = new Set([...this.saving].filter((name) => !(name in values)))
    }
  }

  /** Whether the person may change this record, as far as roles and row rules go; its state may close fields still. */
  get mayUpdate(): boolean {
    return this.object.rights.update && this.record?.['may:update'] !== false
  }

  get mayDelete(): boolean {
    return this.object.rights.delete && this.record?.['may:delete'] !== false
  }

  /** Whether a condition over the record holds; while it cannot be told, `unknown`. */
  holds(condition: string | undefined, unknown: boolean): boolean {
    if (condition === undefined || this.record === undefined) return true
    if (!rules.isReady) return unknown
    const value = rules.evaluate(condition, { object: this.object.name }, this.variables)
    return value === undefined ? unknown : value === true
  }

  get variables(): Readonly<Record<string, unknown>> {
    return { record: this.record, before: this.record, user: session.userForExpressions }
  }

  get title(): string {
    const value = this.record?.[this.object.name_field]
    if (typeof value === 'object' && value !== null) {
      const named = Object.entries(value).find(([key]) => key !== 'id' && key !== 'version')
      return String(named?.[1] ?? '')
    }
    return String(value ?? '')
  }

  async #send(values: Readonly<Record<string, unknown>>, before: RecordData): Promise<Saved> {
    try {
      this.take(await this.#patch(values, before.version))
      return 'saved'
    } catch (thrown) {
      const current = thrown instanceof ApiProblem && thrown.code === 'conflict' ? thrown.current : undefined
      if (current === undefined) throw thrown
      const changed = changedFields({ before, current, said: (thrown as ApiProblem).changed })
      const clash = Object.keys(values).find((name) => changed.has(name))
      if (clash === undefined) {
        this.take(await this.#patch(values, current.version))
        return 'merged'
      }
      const kept = await this.#ask({ field: clash, mine: values[clash], theirs: current })
      this.take(current)
      return kept === 'mine' ? this.#send(this.#over(values, current), current) : 'dropped'
    }
  }

  /** Rows name the versions that the person has seen, which are not those of now. */
  #over(values: Readonly<Record<string, unknown>>, current: RecordData): Readonly<Record<string, unknown>> {
    return Object.fromEntries(
      Object.entries(values).map(([name, value]) => {
        const isLines = this.object.fields[name]?.type === 'lines'
        return [name, isLines ? keptRows(value, current[name]) : value]
      }),
    )
  }

  #ask(conflict: Omit<Conflict, 'keep'>): Promise<'mine' | 'theirs'> {
    return new Promise((resolve) => {
      const keep: Conflict['keep'] = (whose) => {
        this.conflict = undefined
        resolve(whose)
      }
      this.conflict = { ...conflict, keep }
    })
  }

  #patch(values: Readonly<Record<string, unknown>>, version: number): Promise<RecordData> {
    return api.patch<RecordData>(`/records/${this.object.name}/${this.id}?may=${may}`, { version, ...values })
  }

  #read(): Promise<RecordData> {
    return api.get<RecordData>(`/records/${this.object.name}/${this.id}`, { expand: this.#expanded(), may })
  }

  #expanded(): string {
    return Object.values(this.object.fields)
      .filter((field) => ['reference', 'references', 'user'].includes(field.type))
      .map((field) => field.name)
      .join(',')
  }

  /** An answer may bring a reference as a bare id; its title is known where the id did not change. */
  #knownTitles(record: RecordData): Readonly<Record<string, unknown>> {
    const known: Record<string, unknown> = {}
    for (const field of Object.values(this.object.fields)) {
      const next = record[field.name]
      const old = this.record?.[field.name]
      if (typeof next === 'string' && isTitled(field, old) && idOf(old) === next) known[field.name] = old
    }
    return known
  }
}

/** The fields that somebody else changed: as the server says, else as the values tell. */
export function changedFields({
  before,
  current,
  said,
}: {
  before: RecordData
  current: RecordData
  said: readonly string[] | undefined
}): ReadonlySet<string> {
  if (said !== undefined) return new Set(said)
  const names = Object.keys(current).filter((name) => !['version', 'updated_at', 'updated_by'].includes(name))
  return new Set(names.filter((name) => !isSame(before[name], current[name])))
}

function isSame(first: unknown, second: unknown): boolean {
  const [one, other] = [idOf(first), idOf(second)]
  return one !== undefined || other !== undefined
    ? one === other
    : JSON.stringify(first ?? null) === JSON.stringify(second ?? null)
}

function isTitled(field: FieldMeta, value: unknown): boolean {
  if (field.type !== 'reference' && field.type !== 'user') return false
  return (
    typeof value === 'object' &&
    value !== null &&
    (model.object(targetObject(field))?.name_field ?? 'name') in value
  )
}
