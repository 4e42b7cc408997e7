/** undefined_column, undefined_table, undefined_object. */
const gone = new Set(['42703', '42P01', '42704'])

/**
 * Whether an error of the database means that a version was published between taking the Model and the statement,
 * so that the work is worth doing once more with the Model that is served now.
 */
export function isStaleModel(error: unknown): boolean {
  const code = (error as { code?: unknown } | null | undefined)?.code
  return typeof code === 'string' && gone.has(code)
}
