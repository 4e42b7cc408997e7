import type { Case, LogEntry } from '../case.ts'
import type { RefusalReport } from './report.ts'

/** What was refused, what happened most often first. */
export function reportRefusals(cases: readonly Case[]): readonly RefusalReport[] {
  const all = cases.flatMap(({ number, log }) =>
    log.flatMap(({ refusal, what, name, state }) =>
      refusal === undefined ? [] : [{ number, what, name, state, ...refusal }],
    ),
  )
  return [...Map.groupBy(all, keyOf).values()]
    .map((group) => {
      const [{ number: first, ...refusal }] = group as [(typeof group)[number]]
      const numbers = new Set(group.map(({ number }) => number))
      return { ...refusal, times: group.length, cases: numbers.size, first }
    })
    .sort((a, b) => b.times - a.times || a.first - b.first)
}

function keyOf({ what, name, state, code, reason, text }: Refused): string {
  return JSON.stringify([what, name, state, code, reason, text])
}

type Refused = Pick<LogEntry, 'what' | 'name' | 'state'> & NonNullable<LogEntry['refusal']>
