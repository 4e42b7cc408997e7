import { isKept } from '#lib/domain/records/form.svelte.ts'
import { tellRefusal } from '#lib/domain/records/deletion.ts'
import { faultText } from '#lib/shared/api/problem-text.ts'
import { asProblem } from '#lib/shared/api/problem.ts'
import type { FieldMeta } from '#lib/shared/api/types.ts'
import { t } from '#lib/shared/i18n/i18n.svelte.ts'
import { readStored, writeStored } from '#lib/shared/stored.ts'
import { tell } from '#lib/shared/controls/tell.svelte.ts'
import type { RecordPageState } from './record-page.svelte.ts'

/** What is being typed, and the value and the version of the record that it began with. */
interface Draft {
  value: unknown
  before: unknown
  version: number
}

/** Editing one field in its place: the value is shown at once and taken back, with the reason, where it is refused. */
export class FieldEditing {
  isOpen = $state(false)
  fault = $state<string>()
  #value = $state.raw<unknown>(null)
  #before: unknown = null
  #version = 0
  #page: RecordPageState
  #field: FieldMeta
  #draftKey: string

  constructor(page: RecordPageState, field: FieldMeta) {
    this.#page = page
    this.#field = field
    this.#draftKey = `draft.record.${page.store.id}.${field.name}`
    const kept = readStored<Draft>(this.#draftKey)
    if (kept !== undefined && this.isAllowed) {
      this.#value = kept.value
      this.#before = kept.before
      this.#version = kept.version
      this.isOpen = true
    }
  }

  get isAllowed(): boolean {
    const isOwn = this.#page.store.mayUpdate && !isKept(this.#field) && !this.#field.system
    return isOwn && !this.#page.isClosed(this.#field.name)
  }

  get value(): unknown {
    return this.#value
  }

  set value(value: unknown) {
    this.#value = value
    this.fault = undefined
    if (this.isOpen)
      writeStored(this.#draftKey, { value, before: this.#before, version: this.#version } satisfies Draft)
  }

  begin(): void {
    const record = this.#page.store.record
    this.#before = this.#value = record?.[this.#field.name] ?? null
    this.#version = record?.version ?? 0
    this.fault = undefined
    this.isOpen = true
  }

  cancel(): void {
    this.isOpen = false
    this.fault = undefined
    writeStored(this.#draftKey, undefined)
  }

  /** Saves what stands in the editor, if it is another value than the one that editing began with. */
  async commit(): Promise<void> {
    if (!this.isOpen) return
    const value = $state.snapshot(this.#value)
    this.cancel()
    if (JSON.stringify(value ?? null) !== JSON.stringify(this.#before ?? null))
      await this.put(value, this.#version)
  }

  /** @param version of the record when editing began; without it, the one that is shown */
  async put(value: unknown, version?: number): Promise<void> {
    try {
      const outcome = await this.#page.store.save({ [this.#field.name]: value }, version)
      if (outcome === 'merged') tell.plain(t('conflict.merged'))
      await this.#page.afterChange()
    } catch (thrown) {
      const problem = asProblem(thrown)
      const fault = problem.faults.find((found) => found.field === this.#field.name) ?? problem.faults[0]
      if (fault === undefined) return tellRefusal(problem)
      this.#value = value
      this.fault = faultText(fault)
      this.isOpen = true
    }
  }
}
