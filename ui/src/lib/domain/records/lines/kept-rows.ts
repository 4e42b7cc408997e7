type Row = Readonly<Record<string, unknown>>

/**
 * The rows of somebody who keeps his own although others have changed theirs meanwhile: they are written over the rows
 * as these are now, and a row that the others have removed comes again as a new one.
 */
export function keptRows(mine: unknown, theirs: unknown): unknown {
  if (!Array.isArray(mine)) return mine
  const known = new Set((Array.isArray(theirs) ? (theirs as Row[]) : []).map(({ id }) => id))
  return (mine as Row[]).map(({ id, version: _seen, ...row }) => (known.has(id) ? { id, ...row } : row))
}
