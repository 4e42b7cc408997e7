import type { BacktestReport, CaseReport } from './backtest.ts'
import type { LateWork } from './outcome.ts'

/** The report as lines of text: each case that does not go the same way, then the counts. */
export function describeBacktest({ process, cases, counts, isCut }: BacktestReport): string[] {
  const told = cases.filter(({ way }) => way !== 'same')
  const more = isCut ? ' There may be more cases; --limit says how many are looked at.' : ''
  return [
    ...told.flatMap(linesOf),
    `${cases.length} cases of ${process}: ${counts.same} go the same way, ${counts.other} another way, ` +
      `${counts.refused} are refused, ${counts.late} are late, ${counts.unknown} cannot be told.${more}`,
  ]
}

function linesOf(found: CaseReport): string[] {
  if (found.way === 'same') return []
  const name = `${found.way.padEnd(8)} ${found.object} ${found.record}`
  if (found.way === 'late') return found.late.map((work) => `${name}, ${lateText(work)}`)
  const head = `${name}, step ${found.step} (${found.event}`
  if (found.way === 'unknown') return [`${head}): ${found.text}`]
  const place = `${head}, ${found.at})`
  const from = `from ${found.from.join(', ') || 'the beginning'}`
  if (found.way === 'refused')
    return [
      `${place}: ${from} it went to ${found.expected.join(', ')}; refused (${found.reason}): ${found.text}`,
    ]
  return [
    `${place}: ${from} it went to ${found.expected.join(', ')}; the draft goes to ${found.drafted.join(', ')}`,
    ...(found.recordedGuard === undefined ? [] : [`           then let through by: ${found.recordedGuard}`]),
    ...found.guards.map(({ text, held }) => `           ${held ? 'holds' : 'does not hold'}: ${text}`),
  ]
}

function lateText({ step, event, work, level, due, state, endedAt, lateBy }: LateWork): string {
  const what = level === undefined ? `"${work}"` : `"${level}" of "${work}"`
  const end =
    state === 'open'
      ? 'is still open'
      : state === 'left'
        ? `was left at ${endedAt}`
        : `was done at ${endedAt}`
  return `step ${step} (${event}): in the draft ${what} is due at ${due}; it ${end}, late by ${lateBy}`
}
