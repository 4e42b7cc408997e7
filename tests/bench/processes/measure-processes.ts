import type { Database } from '../../../platform/database/index.ts'
import { measureSteps } from './measure-steps.ts'
import { measureTimers } from './measure-timers.ts'
import { measureWaiting } from './measure-waiting.ts'
import { openScene } from './scene.ts'

const count = Number(process.env.BENCH_STEPS ?? 400)
const rounds = Number(process.env.BENCH_ROUNDS ?? 2)

/** Steps of processes beside transactions by hand, beside much that waits, and timers when they come due. */
export async function measureProcesses(database: Database, print: (line: string) => void): Promise<void> {
  const empty = await openScene(database, 'bench_empty')
  const full = await openScene(database, 'bench_full')
  try {
    const ratios = await measureSteps(empty, { count, rounds, print })
    print(await measureWaiting({ empty, full }, { count, rounds }))
    await measureTimers(empty, print)
    print(ratios)
  } finally {
    await empty.close()
    await full.close()
  }
}
