/**
 * What a Model needs in the database, as plain data: it is stored with each published version, so that the next
 * plan compares two specs and nobody has to guess from the catalogue what was meant.
 */
export interface SchemaSpec {
  readonly objects: Readonly<Record<string, ObjectSpec>>
  readonly processes: Readonly<Record<string, ProcessSpec>>
  /** The tenant's schema in PostgreSQL. */
  readonly schema: string
  /** Zone in which a day becomes a moment when a date is turned into a datetime. */
  readonly timeZone: string
}

export interface ProcessSpec {
  readonly hash: string
  readonly object: string
}

/** Something that is known by its name, through renames. */
export interface NamedSpec {
  readonly name: string
  readonly formerly?: string
  /**
   * Set when a version is taken back: what it came from, whatever bears its name meanwhile; null where that is not
   * there any more.
   */
  readonly cameFrom?: string | null
}

/** One object: one table that bears its name. */
export interface ObjectSpec extends NamedSpec {
  /** Everything that has columns or a join table: the platform's own first, then the declared ones. */
  readonly fields: Readonly<Record<string, FieldSpec>>
  /**
   * Fields of which the database holds nothing: lines, and formulas computed when read. They have names that processes
   * use. Absent in versions published before it was kept.
   */
  readonly unkept?: Readonly<Record<string, NamedSpec>>
  readonly indexes: Readonly<Record<string, IndexSpec>>
  /** The column of the reference that makes a tree of the rows. */
  readonly hierarchy?: string
  /** Names of the fields that full-text search reads, in order. */
  readonly searchFields: readonly string[]
}

/**
 * How the values of a field come about: kept by the platform, written by people and processes, computed by
 * PostgreSQL, kept fresh by the write path, or rows of a join table.
 */
export type Keeping = 'platform' | 'stored' | 'generated' | 'rollup' | 'relation'

export interface FieldSpec extends NamedSpec {
  /** Name of the field type; for computed fields the type of the result. */
  readonly type: string
  readonly keeping: Keeping
  readonly columns: readonly ColumnSpec[]
  /** The object whose table the column (or the join table's target) must point into. */
  readonly target?: string
  /** Table of a many-to-many field: (record uuid, target uuid). */
  readonly joinTable?: string
  /** What a roll-up computes: another computation means that all rows are computed anew. */
  readonly computation?: RollupComputation
  /** The values allowed, retired ones included, for choices and states. */
  readonly values?: readonly string[]
  /** The most characters that a text may have. */
  readonly maxLength?: number
}

/** The SQL of one roll-up over the rows of its source, which stand under the alias `source`. */
export interface RollupComputation {
  /** The object that is summed up. */
  readonly of: string
  /** Quoted column of the source that holds the id of the record that gets the result. */
  readonly through: string
  /** Condition on a source row. */
  readonly condition: string
  /** One aggregate for each column of the roll-up, and its value when no row counts. */
  readonly columns: readonly { readonly name: string; readonly aggregate: string; readonly empty: string }[]
  /** Every field read, directly or through formulas: `opportunity.amount`. */
  readonly reads: readonly string[]
  /** The texts of the computed fields read: when one changes, so does the roll-up. */
  readonly rests: readonly string[]
  /** How many roll-ups stand below this one: they are filled first. */
  readonly depth: number
}

export interface ColumnSpec {
  readonly name: string
  /** '' for the main column, `__currency` for the currency of money ... */
  readonly suffix: string
  readonly type: string
  readonly collate?: 'C'
  readonly isNotNull?: true
  readonly default?: string
  /** SQL of a generated column. */
  readonly expression?: string
}

export interface IndexSpec {
  readonly name: string
  readonly method: 'btree' | 'gin'
  readonly columns: readonly string[]
  readonly isUnique: boolean
  /** The fields that asked for it: it goes when one of them goes. */
  readonly fields: readonly string[]
}

/** What a tenant has before its first version. */
export function emptySpec(schema: string): SchemaSpec {
  return { schema, objects: {}, processes: {}, timeZone: 'UTC' }
}
