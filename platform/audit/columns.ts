import { sealedColumns } from './seal.ts'

/** The columns of an entry `a` as text, as they are sealed. */
export const sealedSelection = sealedColumns
  .map((column) =>
    column === 'at'
      ? `to_char(a.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at`
      : `a.${column}::text as ${column}`,
  )
  .join(', ')
