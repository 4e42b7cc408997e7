/** Lines of columns under a heading; texts stand to the left, numbers to the right. */
export function table(
  heading: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): readonly string[] {
  if (rows.length === 0) return []
  const all = [heading, ...rows.map((row) => row.map(String))]
  const widths = heading.map((_, column) => Math.max(...all.map((row) => (row[column] ?? '').length)))
  const isNumber = heading.map((_, column) => rows.every((row) => rightAligned.test(String(row[column]))))
  return all.map((row) =>
    row
      .map((text, column) => {
        const width = widths[column] ?? 0
        return isNumber[column] === true ? text.padStart(width) : text.padEnd(width)
      })
      .join('  ')
      .trimEnd(),
  )
}

/** Counts, shares and times, and the sign for none. */
const rightAligned = /^(–|[\d.]+( ?%| (d|h|min|s))?)$/
