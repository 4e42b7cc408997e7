import { model, ownFields } from '#lib/domain/session/model.svelte.ts'
import type { FieldMeta, ObjectMeta } from '#lib/shared/api/types.ts'
import { isMoney } from '#lib/shared/i18n/formats.ts'
import { FormState, isKept } from '../form.svelte.ts'
import { addExactly } from './add-exactly.ts'

/** One row of a grid: a form of its own, and the id of the stored row where there is one. */
export interface LineRow {
  readonly key: string
  readonly id: string | undefined
  readonly form: FormState
}

/** The columns of a grid of lines: what one fills in, and the computed fields that the object's own list shows. */
export function lineColumns(object: ObjectMeta, through: string): readonly FieldMeta[] {
  const shown = new Set(model.views(object)[0]?.columns)
  return ownFields(object).filter(
    (field) =>
      field.name !== through &&
      !['long_text', 'json', 'address', 'lines'].includes(field.type) &&
      (isFilledIn(field) || shown.has(field.name)),
  )
}

/** Whether people fill it in at all: one who may only read the line wants to see it too. */
function isFilledIn(field: FieldMeta): boolean {
  return !isKept({ ...field, writable: true })
}

/** The rows of a lines field while they are edited; `changed` hears the new value after each change. */
export class LinesState {
  rows = $state.raw<readonly LineRow[]>([])
  readonly object: ObjectMeta
  readonly columns: readonly FieldMeta[]
  #through: string
  #changed: (rows: readonly unknown[]) => void
  #given: unknown
  #count = 0

  constructor(object: ObjectMeta, through: string, changed: (rows: readonly unknown[]) => void) {
    this.object = object
    this.columns = lineColumns(object, through)
    this.#through = through
    this.#changed = changed
  }

  /** Shows the value of the field, unless it is the one that this grid itself gave. */
  show(value: unknown): void {
    if (value === this.#given) return
    this.#given = value
    this.rows = (Array.isArray(value) ? (value as Record<string, unknown>[]) : []).map((row) =>
      this.#row(row),
    )
  }

  add(): void {
    this.rows = [...this.rows, this.#row({})]
    this.tell()
  }

  remove(row: LineRow): void {
    this.rows = this.rows.filter((other) => other !== row)
    this.tell()
  }

  set(row: LineRow, field: FieldMeta, value: unknown): void {
    row.form.set(field.name, value)
    this.tell()
  }

  tell(): void {
    const value = this.rows.map(({ id, form }) => ({ ...(id === undefined ? {} : { id }), ...form.sent }))
    this.#given = value
    this.#changed(value)
  }

  /** The sum of a column of amounts in one currency; undefined where currencies mix or nothing adds up. */
  total(field: FieldMeta): unknown {
    const amounts = this.rows.map((row) => row.form.value(field)).filter(isMoney)
    const [first] = amounts
    if (first === undefined || amounts.some((amount) => amount.currency !== first.currency)) return undefined
    return { amount: addExactly(amounts.map((amount) => amount.amount)), currency: first.currency }
  }

  #row(values: Readonly<Record<string, unknown>>): LineRow {
    const own = this.object.fields
    const fields = Object.fromEntries(
      Object.values(own)
        .filter((field) => field.name !== this.#through && !field.system)
        .map((field) => [field.name, field]),
    )
    const id = typeof values.id === 'string' ? values.id : undefined
    const form = new FormState({ place: { object: this.object.name }, fields, values })
    return { key: id ?? `new ${this.#count++}`, id, form }
  }
}
