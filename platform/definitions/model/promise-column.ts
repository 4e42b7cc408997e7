const prefix = 'promise:'

/** The promise that a column of a list counts down: `promise:first_answer` is the one named `first_answer`. */
export function promiseOf(column: string): string | undefined {
  return column.startsWith(prefix) ? column.slice(prefix.length) : undefined
}

export function promiseColumn(promise: string): string {
  return `${prefix}${promise}`
}
