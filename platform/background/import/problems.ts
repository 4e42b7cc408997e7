import type { TesseraError } from '../../access/errors.ts'

/** What is wrong with one row: in which field and column, and in words. */
export interface Problem {
  readonly field?: string
  readonly column?: string
  readonly code: string
  readonly message: string
}

/** The faults of a refused write as problems of the row, with the columns that fill the fields. */
export function problemsOf(error: TesseraError, columnOf: (field: string) => string | undefined): Problem[] {
  if (error.faults.length === 0) return [{ code: error.code, message: error.message }]
  return error.faults.map(({ field, code, message }) => {
    const column = field === undefined ? undefined : columnOf(field)
    return {
      ...(field === undefined ? {} : { field }),
      ...(column === undefined ? {} : { column }),
      code,
      message,
    }
  })
}
