import type { Problem } from './problems.ts'

/** What a column of the file fills. */
export interface ColumnTarget {
  /** A field; or a part of one: `amount.currency` of money, `billing_address.city` of an address. */
  readonly field: string
  /** For references: the field of the other object by which the record is found. Without it: its keys, then its name. */
  readonly match?: string
  /** For references: makes a record with nothing but that field where none is found. */
  readonly create?: boolean
  /** Texts of the file that stand for other texts: corrections of misspellings, codes of another system. */
  readonly values?: Readonly<Record<string, string>>
  /** For money: the currency of amounts without one. */
  readonly currency?: string
}

/** What is to be imported, and how. */
export interface ImportRequest {
  /** The token that the preview gave. */
  readonly file: string
  readonly object: string
  /** Column of the file -> field; null or absent: the column is left out. */
  readonly mapping: Readonly<Record<string, string | ColumnTarget | null>>
  /** Rows update the record with the same values in this key of the object, where there is one. */
  readonly key?: string
  /** The declared entry of the object's process through which a state column places records. */
  readonly entry?: string
  /** What becomes of a row that names a record which does not exist: refuse (the default), or blank the field. */
  readonly on_missing_reference?: 'refuse' | 'blank'
  /** Does everything and undoes it: says what an import would do. */
  readonly dry_run?: boolean
  /** How numbers and days are written, where the file itself does not show it. */
  readonly locale?: { readonly decimal?: '.' | ','; readonly date?: 'ymd' | 'dmy' | 'mdy' }
}

export type ImportStatus = 'queued' | 'running' | 'done' | 'cancelled' | 'failed'

/** How far an import is. done = created + updated + failed. */
export interface ImportProgress {
  readonly id: string
  readonly object: string
  readonly file_name: string
  readonly status: ImportStatus
  readonly dry_run: boolean
  readonly total: number
  readonly done: number
  readonly created: number
  readonly updated: number
  readonly failed: number
  /** Why the import as a whole failed. */
  readonly error: string | null
  readonly started_at: string
  readonly finished_at: string | null
}

/** A text of the file that stands for no choice or record. */
export interface UnknownValue {
  readonly column: string
  readonly field: string
  readonly text: string
  readonly rows: number
}

/** A row that was not imported (`failed`), or was imported with a reservation (`warning`), as it stood in the file. */
export interface RowProblems {
  readonly line: number
  readonly status: 'failed' | 'warning'
  readonly problems: readonly Problem[]
  readonly source: Readonly<Record<string, string>>
}
