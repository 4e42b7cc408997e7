import { parseArgs } from 'node:util'
import { openHouse } from './house.ts'
import { playRound, type RoundReport } from './round.ts'

/**
 * Three nodes on one PostgreSQL under random load, while nodes are killed and paused and the database is ended.
 * `--rounds N` plays so many seeds (200 without it) from `--from N` (1 without it) on, `--seed N` that one alone.
 */
const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    rounds: { type: 'string', default: '200' },
    from: { type: 'string', default: '1' },
  },
})
const seeds =
  values.seed === undefined
    ? Array.from({ length: Number(values.rounds) }, (_, at) => Number(values.from) + at)
    : [Number(values.seed)]
// What a round that broke has still asked is answered when its house is closed; the round itself is told below.
process.on('unhandledRejection', (reason) => print(`  unheard: ${String(reason)}`))
let house = await openHouse()
const failed: number[] = []
try {
  for (const seed of seeds) {
    const report = await playRound(house, seed).catch((error: unknown) => brokenRound(error))
    print(lineOf(seed, report))
    if (report.faults.length === 0) continue
    failed.push(seed)
    for (const fault of report.faults) print(`  ${fault}`)
    print(`  Again: npm run test:faults -- --seed ${seed}`)
    // A node that has ended by itself would fail every round that follows.
    await house.close()
    house = await openHouse()
  }
} finally {
  await house.close()
}
print(
  `faults ${seeds.length} rounds, ${failed.length} failed${failed.length === 0 ? '' : `: ${failed.join(', ')}`}`,
)
process.exit(failed.length === 0 ? 0 : 1)

/** A round that could not be played to its end counts as failed. */
function brokenRound(error: unknown): RoundReport {
  const told = { done: 0, refused: 0, nothing: 0 }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return { mishaps: [], told, restedMs: 0, faults: [`the round broke: ${text}`] }
}

function lineOf(seed: number, { mishaps, told, restedMs, faults }: RoundReport): string {
  const what = mishaps.map((mishap) => {
    if (mishap.kind === 'database') return `database ${mishap.signal}`
    return `${mishap.kind} ${mishap.node + 1}`
  })
  const acts = `${told.done} done, ${told.refused} refused, ${told.nothing} untold`
  const rest = `at rest after ${(restedMs / 1_000).toFixed(1)} s`
  return `${faults.length === 0 ? 'sound' : 'FAULT'} seed ${seed}: ${what.join(', ')}; ${acts}; ${rest}`
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}
