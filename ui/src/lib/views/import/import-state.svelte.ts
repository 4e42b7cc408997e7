import { isKept } from '#lib/domain/records/form.svelte.ts'
import { targetObject } from '#lib/domain/fields/reference-target.ts'
import { model, ownFields } from '#lib/domain/session/model.svelte.ts'
import { api, request } from '#lib/shared/api/client.ts'
import { download } from '#lib/shared/api/download.ts'
import { asProblem, type ApiProblem } from '#lib/shared/api/problem.ts'
import type {
  ColumnMapping,
  FieldMeta,
  ImportOrder,
  ImportPreview,
  ImportProblems,
  ImportRun,
  ObjectMeta,
  UnknownValue,
} from '#lib/shared/api/types.ts'
import { readStored, writeStored } from '#lib/shared/stored.ts'
import { Corrections } from './corrections.svelte.ts'

export type ImportStep = 'file' | 'mapping' | 'check' | 'run'

export interface MappedColumn {
  name: string
  sample: readonly string[]
  field: string | null
  /** References: the field of the other object by which its records are found. */
  match: string | undefined
}

/** The import wizard: file, mapping, dry run, run; a run goes on while one is elsewhere and is found again. */
export class ImportState {
  step = $state<ImportStep>('file')
  preview = $state.raw<ImportPreview | undefined>(undefined)
  columns = $state<MappedColumn[]>([])
  key = $state<string | undefined>(undefined)
  entry = $state<string | undefined>(undefined)
  onMissing = $state<'refuse' | 'blank'>('refuse')
  fileName = $state('')
  run = $state.raw<ImportRun | undefined>(undefined)
  problems = $state.raw<ImportProblems>({ rows: [], next: null })
  problem = $state.raw<ApiProblem | undefined>(undefined)
  isBusy = $state(false)
  readonly corrections = new Corrections()
  readonly object: ObjectMeta
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(object: ObjectMeta) {
    this.object = object
    const kept = readStored<string>(`import.${object.name}`)
    if (kept !== undefined) void this.#find(kept)
  }

  /** Fields that a column may fill. The state only through an entry of the process. */
  get fields(): readonly FieldMeta[] {
    return ownFields(this.object).filter(
      (field) =>
        (field.type !== 'lines' && !isKept(field)) || (field.type === 'state' && this.entries.length > 0),
    )
  }

  get entries() {
    return model.lifecycle(this.object)?.entries ?? []
  }

  /** Required fields that no column fills. */
  get missing(): readonly FieldMeta[] {
    const filled = new Set(this.columns.map((column) => column.field))
    return this.fields.filter(
      (field) =>
        field.required &&
        field.default === undefined &&
        field.default_expression === undefined &&
        !filled.has(field.name) &&
        field.type !== 'state',
    )
  }

  async take(file: File): Promise<void> {
    this.isBusy = true
    this.problem = undefined
    this.fileName = file.name
    try {
      this.preview = await request<ImportPreview>('POST', '/imports/preview', {
        query: { object: this.object.name, file_name: file.name },
        raw: { content: file, type: 'text/csv' },
      })
      this.columns = this.preview.columns.map(({ name, sample, suggestion }) => ({
        name,
        sample,
        field: fieldOf(suggestion),
        match: matchOf(suggestion) ?? this.#firstMatch(fieldOf(suggestion)),
      }))
      this.corrections.forget()
      this.#offerEntry()
      this.step = 'mapping'
    } catch (thrown) {
      this.problem = asProblem(thrown)
    }
    this.isBusy = false
  }

  map(column: MappedColumn, field: string | null): void {
    column.field = field
    column.match = this.#firstMatch(field)
    this.corrections.forget(column.name)
    this.#offerEntry()
  }

  /** The fields by which the records of a referenced object can be found. */
  matchFields(field: string | null): readonly FieldMeta[] {
    const meta = field === null ? undefined : this.object.fields[field]
    if (meta === undefined || !['reference', 'user', 'references'].includes(meta.type)) return []
    const target = model.object(targetObject(meta))
    if (target === undefined) return []
    const names = new Set([
      target.name_field,
      ...target.keys.filter((key) => key.fields.length === 1).flatMap((key) => key.fields),
    ])
    const others = ownFields(target)
      .filter((candidate) => ['email', 'sequence'].includes(candidate.type))
      .map((candidate) => candidate.name)
    return [...new Set([...names, ...others])].flatMap((name) => target.fields[name] ?? [])
  }

  /** Whether the same file can be tried or imported again without making anything twice. */
  get mayCorrect(): boolean {
    return this.preview !== undefined && (this.step === 'check' || this.key !== undefined)
  }

  /** Whether a column holds the names of other records, so that one can be picked for a name. */
  isFoundByName(name: string): boolean {
    const column = this.columns.find((each) => each.name === name)
    const field = this.object.fields[column?.field ?? '']
    const target = field === undefined ? undefined : model.object(targetObject(field))
    return target !== undefined && column?.match === target.name_field
  }

  async start(isDryRun: boolean): Promise<void> {
    if (this.preview === undefined) return
    this.isBusy = true
    this.problem = undefined
    this.problems = { rows: [], next: null }
    const before = this.run
    // The figures of the run before are not those of this one.
    this.run = undefined
    try {
      const order: ImportOrder = {
        file: this.preview.file,
        object: this.object.name,
        mapping: Object.fromEntries(this.columns.map((column) => [column.name, this.#mappingOf(column)])),
        key: this.key,
        entry: this.entry,
        on_missing_reference: this.onMissing,
        dry_run: isDryRun,
      }
      const { id } = await api.post<{ id: string }>('/imports', order)
      this.step = isDryRun ? 'check' : 'run'
      if (!isDryRun) writeStored(`import.${this.object.name}`, id)
      await this.#watch(id)
    } catch (thrown) {
      this.run = before
      this.problem = asProblem(thrown)
    }
    this.isBusy = false
  }

  async cancel(): Promise<void> {
    if (this.run === undefined) return
    try {
      await api.post(`/imports/${this.run.id}/cancel`)
      await this.#watch(this.run.id)
    } catch (thrown) {
      this.problem = asProblem(thrown)
    }
  }

  async moreProblems(): Promise<void> {
    if (this.run === undefined || this.problems.next === null) return
    const more = await api.get<ImportProblems>(`/imports/${this.run.id}/problems`, {
      after: this.problems.next,
    })
    this.problems = { rows: [...this.problems.rows, ...more.rows], next: more.next }
  }

  async downloadProblems(): Promise<void> {
    if (this.run === undefined) return
    try {
      await download(`/imports/${this.run.id}/problems.csv`, `problems-${this.run.id}.csv`)
    } catch (thrown) {
      this.problem = asProblem(thrown)
    }
  }

  /** Back to the first step, for another file. */
  restart(): void {
    this.stop()
    writeStored(`import.${this.object.name}`, undefined)
    this.step = 'file'
    this.preview = undefined
    this.run = undefined
    this.problem = undefined
  }

  stop(): void {
    clearTimeout(this.#timer)
  }

  get isRunning(): boolean {
    return this.run?.status === 'queued' || this.run?.status === 'running'
  }

  async #watch(id: string): Promise<void> {
    clearTimeout(this.#timer)
    this.run = await api.get<ImportRun>(`/imports/${id}`)
    if (this.isRunning) {
      this.#timer = setTimeout(
        () => void this.#watch(id).catch((thrown) => (this.problem = asProblem(thrown))),
        500,
      )
      return
    }
    this.problems = await api.get<ImportProblems>(`/imports/${id}/problems`)
    if (!this.mayCorrect) return
    const { values } = await api.get<{ values: UnknownValue[] }>(`/imports/${id}/unknown-values`)
    this.corrections.take(values)
  }

  /** A run that was begun earlier, unless it is over. */
  async #find(id: string): Promise<void> {
    try {
      await this.#watch(id)
      this.step = 'run'
    } catch {
      writeStored(`import.${this.object.name}`, undefined)
    }
  }

  #mappingOf({ name, field, match }: MappedColumn): ColumnMapping {
    if (field === null) return null
    const values = this.corrections.ofColumn(name)
    return match === undefined && values === undefined ? field : { field, match, values }
  }

  /** A column that fills the state needs an entry of the process; where there is one, it is the one that is meant. */
  #offerEntry(): void {
    const fillsState = this.columns.some(({ field }) => this.object.fields[field ?? '']?.type === 'state')
    if (fillsState) this.entry ??= this.entries[0]?.name
  }

  #firstMatch(field: string | null): string | undefined {
    return this.matchFields(field)[0]?.name
  }
}

function fieldOf(mapping: ColumnMapping): string | null {
  return typeof mapping === 'object' && mapping !== null ? mapping.field : mapping
}

function matchOf(mapping: ColumnMapping): string | undefined {
  return typeof mapping === 'object' && mapping !== null ? mapping.match : undefined
}
