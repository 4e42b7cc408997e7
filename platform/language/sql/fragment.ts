/** The SQL of one typed value. */
export interface Sql {
  /** The value; of money the amount, of a duration the milliseconds. */
  readonly sql: string
  /** The currency of money. Both are null, or neither, save that a mixed sum has a currency without an amount. */
  readonly currency?: string
  /** The months of a duration. */
  readonly months?: string
  /** A boolean in which null stands for false. */
  readonly isLoose?: boolean
  /** An int that is held in one of PostgreSQL's integer types, not in numeric. */
  readonly isInteger?: boolean
}

/** What the SQL of a function may need beside its arguments. */
export interface SqlTools {
  /** Registers a bound value and returns its placeholder with a cast. */
  param(value: unknown, pgType: string): string
  /** Placeholder of the user's time zone. */
  zone(): string
  now(): string
  today(): string
  /** The value of a constant argument; undefined where it is none. */
  constant(index: number): unknown
  /** Gives up: the expression has no exact counterpart in SQL. */
  refuse(message: string): never
}

/** Null where the value is beyond 64 bits. GREATEST and LEAST pass over nulls, NULLIF makes them null again. */
export function clampInteger(sql: string): Sql {
  return { sql: clamp(sql, '9223372036854775808::numeric', '-9223372036854775809::numeric') }
}

/** Null where the value has more than 38 integer digits. */
export function clampDecimal(sql: string): Sql {
  return { sql: clamp(sql, '1e38', '-1e38') }
}

/** Null where the value lies at or beyond either bound; names the value once. */
export function clamp(sql: string, high: string, low: string): string {
  return `nullif(nullif(greatest(least(${sql}, ${high}), ${low}), ${high}), ${low})`
}

/** The numeric value of an int, so that nothing overflows. */
export function numeric({ sql, isInteger }: Sql): string {
  return isInteger ? `(${sql})::numeric` : sql
}

/** A whole numeric within the bounds of PostgreSQL's int4, for functions that take it. */
export function boundedInteger(value: Sql, low: number, high: number): string {
  return `greatest(least(${numeric(value)}, ${high}), ${low})::int`
}

/** A text that is never ''. */
export function text(sql: string): Sql {
  return { sql: `nullif(${sql}, '')` }
}
