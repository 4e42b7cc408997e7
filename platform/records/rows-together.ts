import type { RowGathering, UnitOfWork } from './unit-of-work.ts'

type Write = (unit: UnitOfWork, rows: readonly unknown[]) => void

/** Work whose gathered rows are written at its end, by one statement for each kind. */
export async function rowsTogether<T>(unit: UnitOfWork, work: (unit: UnitOfWork) => Promise<T>): Promise<T> {
  const kinds = new Map<Write, unknown[]>()
  const gatheredRows: RowGathering = {
    add(row, write) {
      const rows = kinds.get(write as Write) ?? []
      rows.push(row)
      kinds.set(write as Write, rows)
    },
  }
  const result = await work({ ...unit, gatheredRows })
  for (const [write, rows] of kinds) write(unit, rows)
  return result
}
