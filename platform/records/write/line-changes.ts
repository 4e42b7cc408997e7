/** A row of lines at a version of it: its own history says what became of it then. */
export interface RowAt {
  readonly id: string
  readonly version: number
}

/** What a write did to the rows of a lines field; kinds of which there are none are left out. */
export interface LineChanges {
  readonly added?: readonly RowAt[]
  readonly changed?: readonly RowAt[]
  readonly removed?: readonly RowAt[]
}

/** By lines field; fields of which no row was written are left out. Kept in the history of the record. */
export type WrittenLines = Readonly<Record<string, LineChanges>>

export type LineChange = keyof LineChanges

export const noLines: WrittenLines = {}

/** The rows that were written of one field, one after the other. */
export class RowsWritten {
  readonly #rows: { [kind in LineChange]?: RowAt[] } = {}

  note(kind: LineChange, { id, version }: Readonly<Record<string, unknown>>): void {
    const rows = (this.#rows[kind] ??= [])
    rows.push({ id: String(id), version: Number(version) })
  }

  /** Undefined where none was written. */
  get changes(): LineChanges | undefined {
    return Object.keys(this.#rows).length === 0 ? undefined : this.#rows
  }
}
