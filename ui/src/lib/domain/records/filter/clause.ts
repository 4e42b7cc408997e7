import type { FilterOperator } from '#lib/shared/api/types.ts'

/** One condition of a filter: built by clicking, or (`expression`) as a person typed it. */
export type Clause =
  | {
      readonly kind: 'field'
      readonly path: string
      readonly operator: FilterOperator
      readonly values: readonly Literal[]
    }
  | { readonly kind: 'expression'; readonly text: string }

/** A value in a filter, with what its text needs to know: texts are quoted, days and moments wrapped. */
export type Literal =
  | { readonly type: 'text'; readonly value: string }
  | { readonly type: 'number'; readonly value: string }
  | { readonly type: 'boolean'; readonly value: boolean }
  | { readonly type: 'date'; readonly value: string }
  | { readonly type: 'datetime'; readonly value: string }
