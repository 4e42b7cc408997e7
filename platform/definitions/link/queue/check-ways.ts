import type { QueueDocument } from '../../documents.generated.ts'
import { inside, type Address } from '../../model/problem-list.ts'
import type { Linkage } from '../linkage.ts'

/** Work that goes from queue to queue comes to rest: rules and overflows lead in no circle. */
export function checkWays(linkage: Linkage): void {
  const queues = linkage.documents.queue as unknown as Readonly<Record<string, QueueDocument>>
  const reported = new Set<string>()
  for (const name of Object.keys(queues)) {
    const circle = circleFrom(queues, [name])
    const key = circle?.toSorted().join(' ')
    if (circle === undefined || key === undefined || reported.has(key)) continue
    reported.add(key)
    linkage.problems.error({
      at: wayOut(queues, circle),
      code: 'queue_circle',
      message: `Work can go round in a circle: ${[...circle, circle[0]].join(' -> ')}.`,
      remedy: 'Let the last of them lead nowhere, or to a queue outside of the circle.',
    })
  }
}

/** The queues of a circle that begins and ends with the first; undefined where none does. */
function circleFrom(
  queues: Readonly<Record<string, QueueDocument>>,
  path: readonly string[],
): readonly string[] | undefined {
  for (const next of waysOf(queues[path.at(-1) as string])) {
    if (next === path[0]) return path
    if (path.includes(next) || !Object.hasOwn(queues, next)) continue
    const circle = circleFrom(queues, [...path, next])
    if (circle !== undefined) return circle
  }
  return undefined
}

function waysOf(queue: QueueDocument | undefined): readonly string[] {
  const byRules = Object.values(queue?.rules ?? {}).map((rule) => rule.queue)
  return [queue?.overflow?.to, ...byRules].filter((name) => name !== undefined)
}

/** Where the last queue of the circle names the first. */
function wayOut(queues: Readonly<Record<string, QueueDocument>>, circle: readonly string[]): Address {
  const last = circle.at(-1) as string
  const at: Address = { kind: 'queue', name: last, path: [] }
  if (queues[last]?.overflow?.to === circle[0]) return inside(at, 'overflow', 'to')
  const rules = Object.entries(queues[last]?.rules ?? {})
  const [rule = ''] = rules.find(([, { queue }]) => queue === circle[0]) ?? []
  return inside(at, 'rules', rule, 'queue')
}
