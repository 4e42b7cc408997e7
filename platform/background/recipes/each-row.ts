/** A change to the lines that a record has when it is written: constants, and copies of other fields of the line. */
export interface EachRow {
  readonly $each_row: Values
}

type Values = Readonly<Record<string, unknown>>

export function isEachRow(value: unknown): value is EachRow {
  return typeof value === 'object' && value !== null && '$each_row' in value
}

/** The lines as they are to be written: those that are there, with the changes. */
export function changedRows(change: EachRow, rows: readonly Values[]): readonly Values[] {
  return rows.map((row) => ({ id: row.id, ...changedRow(change, row) }))
}

/** `{"of": "row.quantity"}` copies, `times` [0.5, 0.5] gives that share of it, rounded up; the rest stands for itself. */
function changedRow({ $each_row: changes }: EachRow, row: Values): Values {
  return Object.fromEntries(
    Object.entries(changes).map(([field, change]) => {
      const { of, times } = (typeof change === 'object' && change !== null ? change : {}) as {
        readonly of?: string
        readonly times?: readonly [number, number]
      }
      if (of === undefined) return [field, change]
      const value = row[of.replace(/^row\./, '')]
      return [field, times === undefined ? value : String(Math.ceil(Number(value) * times[0]))]
    }),
  )
}
