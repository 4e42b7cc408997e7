import type { Clause } from '#lib/domain/records/filter/clause.ts'
import { literalOf, valueOf } from '#lib/domain/records/filter/literals.ts'
import { model } from '#lib/domain/session/model.svelte.ts'
import type { FieldMeta, FilterOperator } from '#lib/shared/api/types.ts'

/** A condition on one field while it is put together. */
export class ClauseDraft {
  readonly path: string
  readonly field: FieldMeta
  readonly operators: readonly FilterOperator[]
  operator = $state<FilterOperator>('equals')
  values = $state.raw<readonly unknown[]>([])

  constructor(path: string, field: FieldMeta, clause?: Extract<Clause, { kind: 'field' }>) {
    this.path = path
    this.field = field
    // Choices and references are met by picking from a list: one or several are the same act.
    this.operators = this.picks
      ? ['in', ...field.operators.filter((name) => name !== 'equals' && name !== 'in')]
      : field.operators
    this.operator = clause?.operator ?? this.operators[0] ?? 'equals'
    if (this.picks && this.operator === 'equals') this.operator = 'in'
    this.values = clause?.values.map((literal) => valueOf(field, literal, model.currency)) ?? []
  }

  /** Whether values are picked from a list that can hold several. */
  get picks(): boolean {
    return (
      ['choice', 'state', 'reference', 'user'].includes(this.field.type) &&
      this.field.operators.includes('in')
    )
  }

  get isMultiple(): boolean {
    return this.operator === 'in'
  }

  get inputs(): number {
    if (this.operator === 'blank' || this.operator === 'not_blank') return 0
    return this.operator === 'between' ? 2 : 1
  }

  setValue(at: number, value: unknown): void {
    const next = [...this.values]
    next[at] = value
    this.values = next
  }

  toggle(value: unknown): void {
    this.values = this.values.includes(value)
      ? this.values.filter((other) => other !== value)
      : [...this.values, value]
  }

  /** The finished clause; undefined while a value is missing. */
  get clause(): Clause | undefined {
    if (this.inputs === 0) return { kind: 'field', path: this.path, operator: this.operator, values: [] }
    const given = this.isMultiple ? this.values : this.values.slice(0, this.inputs)
    const values = given.flatMap((value) => literalOf(this.field, value) ?? [])
    if (values.length === 0 || (!this.isMultiple && values.length < this.inputs)) return undefined
    const operator = this.picks && this.isMultiple && values.length === 1 ? 'equals' : this.operator
    return { kind: 'field', path: this.path, operator, values }
  }
}
