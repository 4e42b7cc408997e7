import { isKept } from '#lib/domain/records/form.svelte.ts'
import { tellRefusal } from '#lib/domain/records/deletion.ts'
import { faultText } from '#lib/shared/api/problem-text.ts'
import { asProblem } from '#lib/shared/api/problem.ts'
import type { FieldMeta } from '#lib/shared/api/types.ts'
import { t } from '#lib/shared/i18n/i18n.svelte.ts'
import { readStored, writeStored } from '#lib/shared/stored.ts'
import { tell } from '#lib/shared/controls/tell.svelte.ts'
import type { RecordPageState } from './record-page.svelte.ts'

/** Editing one field in its place: the value is shown at once and taken back, with the reason, where it is refused. */
export class FieldEditing {
  isOpen = $state(false)
  fault = $state<string>()
  #value = $state.raw<unknown>(null)
  #page: RecordPageState
  #field: FieldMeta
  #draft: string

  constructor(page: RecordPageState, field: FieldMeta) {
    this.#page = page
    this.#field = field
    this.#draft = `draft.record.${page.store.id}.${field.name}`
    const kept = readStored<{ value: unknown }>(this.#draft)
    if (kept !== undefined && this.isAllowed) {
      this.#value = kept.value
      this.isOpen = true
    }
  }

  get isAllowed(): boolean {
    return this.#page.object.rights.update && !isKept(this.#field) && !this.#field.system
  }

  get value(): unknown {
    return this.#value
  }

  set value(value: unknown) {
    this.#value = value
    this.fault = undefined
    if (this.isOpen) writeStored(this.#draft, { value })
  }

  begin(): void {
    this.#value = this.#page.store.record?.[this.#field.name] ?? null
    this.fault = undefined
    this.isOpen = true
  }

  cancel(): void {
    this.isOpen = false
    this.fault = undefined
    writeStored(this.#draft, undefined)
  }

  /** Saves what stands in the editor, if it is another value than before. */
  async commit(): Promise<void> {
    if (!this.isOpen) return
    const value = $state.snapshot(this.#value)
    this.cancel()
    if (JSON.stringify(value ?? null) === JSON.stringify(this.#page.store.record?.[this.#field.name] ?? null))
      return
    await this.put(value)
  }

  async put(value: unknown): Promise<void> {
    try {
      const outcome = await this.#page.store.save({ [this.#field.name]: value })
      if (outcome === 'merged') tell.plain(t('conflict.merged'))
      if (outcome !== 'asked') await this.#page.afterChange()
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
