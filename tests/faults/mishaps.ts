import { setTimeout as wait } from 'node:timers/promises'
import { pulse } from './pulse.ts'
import type { House } from './house.ts'
import type { Chance } from './random.ts'

/** What goes wrong in a round, planned before it begins: moments in milliseconds from its beginning. */
export type Mishap =
  | { readonly kind: 'kill'; readonly at: number; readonly node: number; readonly backAfter: number }
  | { readonly kind: 'pause'; readonly at: number; readonly node: number; readonly for: number }
  | { readonly kind: 'database'; readonly at: number; readonly signal: 'SIGINT' | 'SIGQUIT' | 'SIGKILL' }

export function planMishaps(chance: Chance, lengthMs: number): readonly Mishap[] {
  const lease = pulse.silentSeconds * 1_000
  const count = 1 + chance.below(3)
  return Array.from({ length: count }, (_, index): Mishap => {
    const at = chance.below(lengthMs)
    const node = chance.below(3)
    const kind = chance.next()
    if (kind < 0.35) return { kind: 'kill', at, node, backAfter: chance.below(1_000) }
    if (kind < 0.65) return { kind: 'pause', at, node, for: lease + 300 + chance.below(1_000) }
    // Only the first: a database is ended once a round.
    if (index > 0) return { kind: 'kill', at, node, backAfter: 0 }
    return { kind: 'database', at, signal: chance.of(['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) }
  })
}

/** Lets them happen; afterwards every node runs again. */
export async function letHappen(house: House, mishaps: readonly Mishap[]): Promise<void> {
  await Promise.all(
    mishaps.map(async (mishap) => {
      await wait(mishap.at)
      if (mishap.kind === 'database') return house.endDatabase(mishap.signal)
      const node = house.nodes[mishap.node]
      if (mishap.kind === 'pause') {
        node?.pause()
        await wait(mishap.for)
        return node?.resume()
      }
      await node?.kill()
      await wait(mishap.backAfter)
      await node?.start()
    }),
  )
}
