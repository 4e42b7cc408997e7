/**
 * safe: takes nothing away and writes no existing row. backfill: computes or rewrites values of existing rows.
 * destructive: takes values out of reach; needs a consent of its own.
 */
export type StepClass = 'safe' | 'backfill' | 'destructive'

/**
 * prepare: before the switch, each statement on its own, without blocking readers or writers; the version served
 * does not notice. switch: all in the one transaction that also moves the active version. settle: afterwards,
 * without blocking; repeated by the next publish where it was interrupted.
 */
export type Phase = 'prepare' | 'switch' | 'settle'

/** The strongest table lock of a step, by PostgreSQL's names. */
export type LockLevel =
  'ACCESS EXCLUSIVE' | 'SHARE ROW EXCLUSIVE' | 'SHARE' | 'SHARE UPDATE EXCLUSIVE' | 'ROW EXCLUSIVE' | 'none'

export type StepAction =
  | 'create_table'
  | 'rename_table'
  | 'retire_table'
  | 'restore_table'
  | 'add_column'
  | 'rename_column'
  | 'retype_column'
  | 'retire_column'
  | 'restore_column'
  | 'drop_computed'
  | 'create_join_table'
  | 'rename_join_table'
  | 'retire_join_table'
  | 'restore_join_table'
  | 'create_index'
  | 'drop_index'
  | 'rename_index'
  | 'add_reference'
  | 'check_reference'
  | 'fill_rollup'
  | 'fill_search'
  | 'keep_hierarchy'
  | 'drop_hierarchy'
  | 'rename_history'
  | 'retire_process'
  | 'strand_process'

/** One change of the schema: what it does, how, and what it costs. */
export interface Step {
  readonly action: StepAction
  readonly class: StepClass
  readonly phase: Phase
  /** `opportunity`, `opportunity.amount` or `process/…`: what a consent names. */
  readonly subject: string
  /** What a person reads. */
  readonly title: string
  readonly statements: readonly string[]
  readonly lock: LockLevel
  /** Present names of the tables that are locked so. The switch takes all its locks at its beginning. */
  readonly locked: readonly string[]
  /** Whether the lock lasts while every row is read or written. */
  readonly isLong: boolean
  /** Present name of the table whose rows are read or written. */
  readonly countedTable?: string
  /** Query that counts the values that would get out of reach, as `count`. */
  readonly atStake?: string
  /** Rows that are read or written; undefined where it depends on no rows. */
  readonly rows?: number
  /** Rows with a value that would get out of reach. */
  readonly valuesAtStake?: number
  /** What is lost or hidden, and how it comes back. */
  readonly loses?: string
  /**
   * The table that the one statement goes through from id to id: `$1` (exclusive) to `$2` (inclusive), each batch
   * in a transaction of its own.
   */
  readonly batches?: string
  /** Values that the step cannot carry: it is refused when a query finds some. */
  readonly checks?: readonly ValueCheck[]
}

/** Looks for values (`value`, `count`) that a step cannot carry. */
export interface ValueCheck {
  readonly query: string
  readonly message: string
  readonly remedy: string
}
