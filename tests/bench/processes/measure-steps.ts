import { openPool } from '../../../platform/database/sql.ts'
import { handWrittenSteps } from './hand-written-steps.ts'
import { productSteps, type Steps } from './product-steps.ts'
import { connections, type Scene } from './scene.ts'
import { openSlowLine } from './slow-line.ts'

const kinds = ['event', 'start', 'timer', 'approve'] as const
export type Kind = (typeof kinds)[number]

const goal = 0.5
/** Steps before the measured ones: connections open, statements are prepared. */
const warm = 60

/** What a run works on: each id is used once, by the product or by hand. */
type Supply = Readonly<Record<Kind, (count: number) => Promise<readonly string[]>>>

/**
 * Steps of the product beside transactions by hand that write the same rows, at 20 connections in one process, in turn
 * (A B A B); and the round trips of both.
 */
export async function measureSteps(
  scene: Scene,
  options: { count: number; rounds: number; print: (line: string) => void },
): Promise<string> {
  const { count, rounds, print } = options
  const supply = supplyOf(scene)
  const targets = { limit: handWrittenSteps(scene), product: productSteps(scene) }
  const parts: string[] = []
  print('step      hand-written/s   product/s   ratio   goal   round trips by hand, of the product')
  for (const kind of kinds) {
    for (const steps of Object.values(targets)) await rate(steps[kind], await supply[kind](warm))
    const sums = { limit: 0, product: 0 }
    for (let round = 0; round < rounds; round++)
      for (const [name, steps] of Object.entries(targets) as [keyof typeof sums, Steps][])
        sums[name] += await rate(steps[kind], await supply[kind](count))
    const ratio = sums.product / sums.limit
    const trips = await tripsOf(scene, kind, await supply[kind](6))
    const cells = [
      (sums.limit / rounds).toFixed(0).padStart(16),
      (sums.product / rounds).toFixed(0).padStart(11),
    ]
    print(
      `${kind.padEnd(8)} ${cells.join(' ')} ${ratio.toFixed(2).padStart(7)} ${goal.toFixed(1).padStart(6)}   ${trips.limit}, ${trips.product} (goal: at most ${trips.limit + 2})`,
    )
    parts.push(`${kind} ${ratio.toFixed(2)}`)
  }
  return `bench ${parts.join(' ')}`
}

/** Steps in a second, by as many hands as there are connections. */
export async function rate(step: (id: string) => Promise<unknown>, ids: readonly string[]): Promise<number> {
  const waiting = [...ids]
  const begun = performance.now()
  await Promise.all(
    Array.from({ length: connections }, async () => {
      for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) await step(id)
    }),
  )
  return (ids.length * 1_000) / (performance.now() - begun)
}

/** An event leaves a timer, a timer leaves work: the later kinds work on what the earlier ones made. */
function supplyOf({ pool, fill }: Scene): Supply {
  const used = new Set<string>()
  const unused = async (count: number, statement: string) => {
    const rows = await pool.unsafe<{ id: string }[]>(statement)
    const ids = rows.flatMap(({ id }) => (used.has(id) ? [] : [id])).slice(0, count)
    if (ids.length < count) throw new Error(`Only ${ids.length} of ${count} are left: ${statement}`)
    for (const id of ids) used.add(id)
    return ids
  }
  return {
    event: (count) => fill(count, 'open'),
    start: async (count) => {
      const rows = await pool<{ id: string }[]>`select id from client limit ${count}`
      return rows.map(({ id }) => id)
    },
    timer: (count) => unused(count, `select id from _timer where status = 'pending'`),
    approve: (count) => unused(count, `select id from _work_item where completed_at is null`),
  }
}

/** Those of one step when its statements are prepared: of the third. */
async function tripsOf(
  scene: Scene,
  kind: Kind,
  ids: readonly string[],
): Promise<{ limit: number; product: number }> {
  const line = await openSlowLine(scene.address)
  const pool = openPool({ url: line.address, name: 'trips', size: 1 })
  const trips = async (steps: Steps, [first = '', second = '', third = '']: readonly string[]) => {
    await steps[kind](first)
    await steps[kind](second)
    line.takeTrips()
    await steps[kind](third)
    return line.takeTrips()
  }
  try {
    return {
      limit: await trips(handWrittenSteps(scene, pool), ids),
      product: await trips(productSteps(scene, pool), ids.slice(3)),
    }
  } finally {
    await pool.end({ timeout: 1 })
    line.close()
  }
}
