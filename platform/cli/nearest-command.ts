import { UsageError, type CommandList } from './command.ts'

/** The error for a command that does not exist; it suggests the one that was probably meant. */
export function unknownCommand(name: string, commands: CommandList): UsageError {
  const nearest = nearestName(name, Object.keys(commands))
  return new UsageError(
    `There is no command "${name}". ${nearest ? `Did you mean "${nearest}"?` : '`tessera help` lists them.'}`,
  )
}

/** The candidate with the fewest changed letters, if they are fewer than half of the name. */
function nearestName(name: string, candidates: readonly string[]): string | undefined {
  const ranked = candidates
    .map((candidate) => ({ candidate, distance: editDistance(name, candidate) }))
    .toSorted((a, b) => a.distance - b.distance)
  const best = ranked[0]
  return best && best.distance < Math.max(name.length, best.candidate.length) / 2 ? best.candidate : undefined
}

/** Levenshtein distance, kept as one row of the table. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1]
    for (let j = 1; j <= b.length; j++) {
      const change = row[j - 1]! + (letter === b[j - 1] ? 0 : 1)
      next.push(Math.min(change, row[j]! + 1, next[j - 1]! + 1))
    }
    row = next
  }
  return row[b.length]!
}
