/**
 * The known name that a misspelt one most probably means: the least edit distance (insert, delete, replace, swap
 * neighbours), at most a third of the length and never more than three; undefined when nothing is that near.
 */
export function nearest(wrong: string, known: Iterable<string>): string | undefined {
  const limit = Math.min(3, Math.max(1, Math.floor(wrong.length / 3)))
  let best: string | undefined
  let least = limit + 1
  for (const name of known) {
    if (Math.abs(name.length - wrong.length) >= least) continue
    const distance = editDistance(wrong, name)
    if (distance < least) {
      best = name
      least = distance
    }
  }
  return best
}

/** A remedy that names the nearest known name, else lists what there is. */
export function suggest(wrong: string, known: Iterable<string>, what = 'Known'): string {
  const names = [...known]
  const near = nearest(wrong, names)
  if (near !== undefined) return `Did you mean "${near}"?`
  if (names.length === 0) return `${what}: none.`
  const shown = names.length > 25 ? [...names.slice(0, 25), '…'] : names
  return `${what}: ${shown.join(', ')}.`
}

/** Optimal string alignment distance. */
function editDistance(left: string, right: string): number {
  let before: number[] = []
  let last = Array.from({ length: right.length + 1 }, (_, at) => at)
  for (let row = 1; row <= left.length; row++) {
    const current = [row]
    for (let column = 1; column <= right.length; column++) {
      const isSame = left[row - 1] === right[column - 1]
      let cost = Math.min(
        at(last, column) + 1,
        at(current, column - 1) + 1,
        at(last, column - 1) + (isSame ? 0 : 1),
      )
      const isSwap =
        row > 1 && column > 1 && left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1]
      if (isSwap) cost = Math.min(cost, at(before, column - 2) + 1)
      current.push(cost)
    }
    before = last
    last = current
  }
  return at(last, right.length)
}

function at(row: readonly number[], column: number): number {
  return row[column] as number
}
