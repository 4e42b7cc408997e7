import type { ExprType } from '../../language/types.ts'

/** A JSON Schema fragment (2020-12). */
export type JsonSchema = { readonly [key: string]: unknown }

/** One column of PostgreSQL that holds (a part of) a field. */
export interface ColumnSpec {
  /** Appended to the field's name; '' for the only or main column. */
  readonly suffix: string
  /** PostgreSQL type, such as `numeric(19,4)`. */
  readonly type: string
  /** Collation, where text must compare by code point as in JavaScript. */
  readonly collate?: 'C'
}

/** The outcome of checking one value that came from outside. */
export type ValueCheck =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly code: string; readonly message: string }

/** What a field type sees of the declaration that uses it. */
export interface FieldContext {
  /** The field's declaration, defaults filled in. */
  readonly declaration: Readonly<Record<string, unknown>>
  /** Currency of amounts that come without one (ISO 4217). */
  readonly defaultCurrency: string
  /** The permitted keys of choice, choices and state; undefined for other types. */
  readonly choices?: ReadonlySet<string>
}

/**
 * What one kind of field means. One folder entry per type, one registry, one test that walks it.
 *
 * A field has an *API value* (JSON: decimals as strings, dates as `YYYY-MM-DD`, blank as null) and, unless it is
 * computed, one or more columns.
 */
export interface FieldType {
  readonly name: string
  /** One sentence for editors and for the documentation. */
  readonly description: string
  /** JSON Schema properties of the options that only this type has. */
  readonly options: Readonly<Record<string, JsonSchema>>
  /** Names of options that must be present. */
  readonly requiredOptions?: readonly string[]
  /** `stored` has columns; `computed` (formula, rollup) is never written; `relation` lives in other tables. */
  readonly storage: 'stored' | 'computed' | 'relation'
  columns(field: FieldContext): readonly ColumnSpec[]
  expressionType(field: FieldContext): ExprType
  /** Checks and normalises a non-blank API value; blanks are handled before. */
  check(value: unknown, field: FieldContext): ValueCheck
  /** The column values of a checked value, in the order of `columns`; default: the value itself. */
  toColumns?(value: unknown): readonly unknown[]
  /** The API value of column values, in the order of `columns`; default: the first, as the driver gives it. */
  fromColumns?(values: readonly unknown[], field: FieldContext): unknown
  /**
   * The most bytes that a value takes in an index (all its columns, in UTF-8); absent where the type cannot stand in
   * one. A text that is computed is measured by its expression instead (link/index-size.ts).
   */
  indexBytes?(field: FieldContext): number
  /** Comparison operators that a filter builder offers. */
  readonly operators: readonly FilterOperator[]
  /** Text that full-text search indexes for a value; absent where the type is not searchable. */
  searchText?(value: unknown): string
  /** JSON Schema of the API value, for OpenAPI and for generated types. */
  valueSchema(field: FieldContext): JsonSchema
}

export type FilterOperator =
  | 'equals'
  | 'not_equals'
  | 'less'
  | 'greater'
  | 'between'
  | 'contains'
  | 'starts_with'
  | 'in'
  | 'blank'
  | 'not_blank'

/** The most bytes of so many code points in UTF-8. */
export function bytesOfText(codePoints: number): number {
  return codePoints * 4
}

export function accept(value: unknown): ValueCheck {
  return { ok: true, value }
}

export function refuse(code: string, message: string): ValueCheck {
  return { ok: false, code, message }
}
