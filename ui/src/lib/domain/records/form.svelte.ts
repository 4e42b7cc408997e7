import { session } from '#lib/domain/session/session.svelte.ts'
import type { Fault, FieldMeta, FieldsMeta, RecordData } from '#lib/shared/api/types.ts'
import { faultText } from '#lib/shared/api/problem-text.ts'
import { t } from '#lib/shared/i18n/i18n.svelte.ts'
import { readStored, writeStored } from '#lib/shared/stored.ts'
import { choosableFor } from '../fields/choosable.ts'
import type { Choosable } from '../fields/field-view.ts'
import { isBlank } from '../fields/looks.ts'
import { rules, type Place } from '../rules/rules.svelte.ts'
import { readPathsOf } from './read-paths.ts'

export interface FormOptions {
  place: Place
  /** The fields to fill in. */
  fields: FieldsMeta
  values?: Readonly<Record<string, unknown>>
  /** The record to which an event or a work item belongs; expressions see it as `record`. */
  record?: RecordData
  /** The event whose form this is. */
  event?: string
  /** Under this key, what was typed survives a reload. */
  draft?: string
}

/**
 * A form that is being filled in: its values, defaults that follow what is typed, formulas, which fields show and
 * which must be filled, and the faults that the server or the form itself found.
 */
export class FormState {
  values = $state<Record<string, unknown>>({})
  faults = $state.raw<readonly Fault[]>([])
  isBusy = $state(false)
  readonly fields: FieldsMeta
  readonly hasDraft: boolean
  #place: Place
  #record: RecordData | undefined
  #event: string | undefined
  #draft: string | undefined
  #touched = new Set<string>()

  constructor({ place, fields, values = {}, record, event, draft }: FormOptions) {
    this.#place = place
    this.fields = fields
    this.#record = record
    this.#event = event
    this.#draft = draft
    const kept = draft === undefined ? undefined : readStored<Record<string, unknown>>(draft)
    this.hasDraft = kept !== undefined
    for (const field of Object.values(fields))
      if (field.default !== undefined) this.values[field.name] = field.default
    for (const [name, value] of Object.entries({ ...values, ...kept })) {
      this.values[name] = value
      if (!isBlank(value)) this.#touched.add(name)
    }
    void this.#begin()
  }

  /** A value as it stands, formulas included. */
  value(field: FieldMeta): unknown {
    if (field.computed === 'formula' && field.expression !== undefined && rules.isReady)
      return rules.evaluate(field.expression, this.#place, this.variables) ?? null
    return this.values[field.name] ?? null
  }

  set(name: string, value: unknown): void {
    this.values[name] = value
    this.#touched.add(name)
    this.faults = this.faults.filter((fault) => fault.field !== name)
    if (this.#draft !== undefined) writeStored(this.#draft, $state.snapshot(this.values))
    this.#fillDefaults()
    void this.#readAlong(name)
  }

  /** The names that expressions see. */
  get variables(): Readonly<Record<string, unknown>> {
    const user = session.userForExpressions
    if (this.#place.form !== undefined)
      return { record: this.#record ?? {}, event: this.values, user, before: null }
    return { record: { ...this.#record, ...this.values }, user, before: this.#record ?? null }
  }

  /** What a look-up of records for a reference goes by, where its choice depends on what is filled in. */
  choosable(field: FieldMeta): Choosable | undefined {
    const { object, form } = this.#place
    if (form === undefined)
      return choosableFor(field, { object, values: { ...this.#record, ...this.values }, fields: this.fields })
    if (field.reference?.referring === undefined || this.#event === undefined) return undefined
    return { object, field: field.name, event: this.#event, id: String(this.#record?.id) }
  }

  isVisible(field: FieldMeta): boolean {
    return this.holds(field.visible_when)
  }

  /** Whether a condition over what is being filled in holds; one that is not declared always does. */
  holds(condition: string | undefined): boolean {
    return condition === undefined || rules.evaluate(condition, this.#place, this.variables) === true
  }

  isRequired(field: FieldMeta): boolean {
    if (field.required) return true
    return (
      field.required_when !== undefined &&
      rules.evaluate(field.required_when, this.#place, this.variables) === true
    )
  }

  fault(name: string): string | undefined {
    const fault = this.faults.find((found) => found.field === name)
    return fault === undefined ? undefined : faultText(fault)
  }

  /** Faults that belong to no field that is shown. */
  get otherFaults(): readonly Fault[] {
    return this.faults.filter((fault) => fault.field === undefined || this.fields[fault.field] === undefined)
  }

  /** Notes each required field that is blank. Answers whether the form can be sent. */
  check(): boolean {
    this.faults = Object.values(this.fields)
      .filter((field) => this.isVisible(field) && this.isRequired(field) && isBlank(this.values[field.name]))
      // Where a default is computed, the server fills the blank.
      .filter((field) => field.default_expression === undefined && !isKept(field))
      .map((field) => ({ field: field.name, code: 'required', message: t('field.needs_value') }))
    return this.faults.length === 0
  }

  /** What is sent: visible values that the person may write, references as ids. */
  get sent(): Readonly<Record<string, unknown>> {
    const entries = Object.values(this.fields)
      .filter((field) => !isKept(field) && this.isVisible(field) && this.values[field.name] !== undefined)
      .map((field) => [field.name, $state.snapshot(this.values[field.name])])
    return Object.fromEntries(entries)
  }

  forgetDraft(): void {
    if (this.#draft !== undefined) writeStored(this.#draft, undefined)
  }

  async #begin(): Promise<void> {
    const needsRules = Object.values(this.fields).some(
      (field) => field.visible_when ?? field.required_when ?? field.default_expression ?? field.expression,
    )
    if (!needsRules) return
    await rules.load()
    this.#fillDefaults()
    await Promise.all(Object.keys(this.fields).map((name) => this.#readAlong(name)))
  }

  #fillDefaults(): void {
    if (!rules.isReady) return
    for (const field of Object.values(this.fields)) {
      if (field.default_expression === undefined || this.#touched.has(field.name)) continue
      const value = rules.evaluate(field.default_expression, this.#place, this.variables)
      if (!isBlank(value)) this.values[field.name] = value
    }
  }

  /** Reads the fields of a chosen record that defaults and formulas look at through the reference. */
  async #readAlong(name: string): Promise<void> {
    const field = this.fields[name]
    if (field === undefined || this.#place.form !== undefined) return
    const before = this.values[name]
    const read = await readPathsOf({ field, value: before, fields: this.fields, place: this.#place })
    if (read === undefined || this.values[name] !== before) return
    this.values[name] = read
    this.#fillDefaults()
  }
}

/** Kept by the system: computed, drawn from a sequence, or set by a process alone. */
export function isKept(field: FieldMeta): boolean {
  return (
    field.computed !== undefined ||
    field.read_only ||
    !field.writable ||
    ['state', 'sequence'].includes(field.type)
  )
}
