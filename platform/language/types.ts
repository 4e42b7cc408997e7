/** The type of a value in the expression language. Blank (null) belongs to every type. */
export type ExprType =
  | {
      readonly kind:
        'bool' | 'int' | 'decimal' | 'string' | 'money' | 'date' | 'datetime' | 'duration' | 'null' | 'dyn'
    }
  | { readonly kind: 'list'; readonly of: ExprType }
  | { readonly kind: 'map'; readonly of: ExprType }
  /** A reference to a record of the named object: compares by id, opens with `.field`. */
  | { readonly kind: 'record'; readonly object: string }
  /** A fixed set of members, such as `user` or an event's payload. */
  | { readonly kind: 'struct'; readonly fields: Readonly<Record<string, ExprType>> }

/** What an expression may see of one object. A field that the reader may not see is simply not there. */
export interface ObjectShape {
  readonly name: string
  /** Type of the field by name; a reference is `{kind: 'record'}`. `id`, `created_at` ... are in here too. */
  field(name: string): ExprType | undefined
  /** The name that a field bears now, for expressions from before it was renamed; absent where nothing was. */
  presentName?(name: string): string
  /** All names, for "did you mean". */
  fieldNames(): readonly string[]
}

/** Names that an expression may use, and their types. */
export interface Scope {
  readonly variables: Readonly<Record<string, ExprType>>
  object(name: string): ObjectShape | undefined
}

/** Moment and place in which an expression is evaluated; never the machine's own clock. */
export interface Moment {
  readonly now: Date
  /** IANA zone of the user, such as `Asia/Shanghai`. */
  readonly timeZone: string
}

/**
 * Values as they travel in the API: decimal and money amounts are strings, money is `{amount, currency}`,
 * a date is `YYYY-MM-DD`, a datetime an ISO 8601 text in UTC with milliseconds, a duration an ISO 8601 duration,
 * a reference an id or an object with `id` and the loaded fields, a blank is null, undefined or ''.
 */
export type Value = unknown

/** Where the SQL of an expression finds its columns and puts its values. */
export interface SqlBinding {
  /**
   * The SQL of the column(s) that a path names, e.g. ['record','account','sector'].
   * For money: amount and currency columns (both null or neither); for a reference: its id column.
   * The type of the SQL follows the type of the path: bool boolean, int any integer type, decimal numeric (at most 38
   * digits before and 20 after the point), string text, date date, datetime timestamptz in whole milliseconds (years
   * 1 to 9999), duration interval, record uuid, list an array of those.
   */
  column(path: readonly string[]): { readonly sql: string; readonly currency?: string }
  /** Registers a bound value and returns its placeholder with a cast, e.g. `$3::numeric`. */
  param(value: unknown, pgType: string): string
}

/** A compiled, type-checked expression. Immutable; safe to share and to cache. */
export interface Expression {
  readonly text: string
  readonly type: ExprType
  /**
   * Every path read, e.g. ['record','account','owner','name'], without duplicates. What a macro reads of the elements
   * of a list follows the path of the list: ['record','lines','quantity'].
   */
  readonly paths: readonly (readonly string[])[]
  /** Whether the result depends on the moment (today(), now()). */
  readonly usesMoment: boolean
  /** The reason why it cannot be compiled to SQL, with the position; undefined where it can. */
  readonly sqlObstacle: { readonly message: string; readonly position: number } | undefined
  /**
   * The most bytes that the text may have in UTF-8, given those of the paths it reads; Infinity where nothing limits it.
   */
  bytesOfText(bytesOfPath: (path: readonly string[]) => number): number
  /** Never throws for data: what has no value is blank (null). Result in API form. */
  evaluate(variables: Readonly<Record<string, Value>>, moment: Moment): Value
  /** SQL text of the value (a boolean that is never null, for conditions). Money gives amount and currency. */
  toSql(binding: SqlBinding, moment: Moment | 'bound'): { readonly sql: string; readonly currency?: string }
  /** SQL text of a condition for WHERE: null stands for false, so that indexes can serve it. */
  toPredicate(binding: SqlBinding, moment: Moment | 'bound'): { readonly sql: string }
}

/** One fault of an expression: where (offset in the text), what, and what to do. */
export interface ExpressionFault {
  readonly position: number
  readonly length: number
  readonly message: string
  readonly remedy?: string
}
