import type { SimulationResult } from '../simulate.ts'
import type { PathEntry, SimulationReport } from './report.ts'
import type { Spread } from './spread.ts'
import { table } from './table.ts'

/** The lines of a report for the person at the terminal. */
export function describeSimulation({ report, paths, seconds }: SimulationResult): readonly string[] {
  return [
    ...headlines(report),
    ...section('Ends', table(['state', 'cases', 'share', 'median', '90 %'], endRows(report))),
    ...section(
      'Kinds',
      report.kinds.map(({ kind, cases, states }) => `${kind}: ${cases}, of them ${counts(states)}`),
    ),
    ...section(
      'States',
      table(['state', 'visits', 'cases', 'share', 'median', '90 %', 'now'], stateRows(report)),
    ),
    ...section(
      'Still open',
      report.open.map(
        ({ state, why, cases, first }) => `${cases} in ${state}: ${why} (the first is case ${first})`,
      ),
    ),
    ...section('Work', table([...workHeading], workRows(report))),
    ...section('People', table(['name', 'roles', 'done', 'busy', 'share'], peopleRows(report))),
    ...section('Never taken', neverTaken(report)),
    ...section('Refused', refusals(report)),
    ...section('Failed', [
      ...report.failed.map(
        (failure) => `case ${failure.case} at ${failure.at}, ${failure.what}: ${failure.message}`,
      ),
      ...report.troubles.map(({ message, times }) => `${times} times, in no case: ${message}`),
    ]),
    ...paths.flatMap((each) => section(`Case ${each.case}`, each.path.map(entryLine))),
    '',
    `Played ${report.cases.begun} cases in ${seconds.toFixed(1)} s (${(report.cases.begun / seconds).toFixed(1)} a second).`,
  ]
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', title, ...lines.map((line) => `  ${line}`)]
}

function headlines(report: SimulationReport): readonly string[] {
  const { cases, duration, calendar, process, seed } = report
  const rest = [
    cases.open > 0 ? `${cases.open} still open` : '',
    cases.failed > 0 ? `${cases.failed} failed` : '',
    cases.refused > 0 ? `${cases.refused} could not begin` : '',
    cases.left > 0 ? `${cases.left} did not begin in time` : '',
  ].filter(Boolean)
  const took =
    duration === null ? '' : ` after ${spell(duration.median_ms)} (median), ${spell(duration.p90_ms)} (90 %)`
  const times = calendar === null ? 'Times are on the clock.' : `Times are working time of ${calendar}.`
  return [
    `${process}, seed ${seed}, from ${day(report.begins_at)} to ${day(report.ends_at)}. ${times}`,
    `${[`${cases.ended} of ${cases.begun} cases ended${took}`, ...rest].join('; ')}.`,
  ]
}

function endRows({ ends }: SimulationReport) {
  return ends.map(({ state, cases, share, duration }) => [state, cases, percent(share), ...spread(duration)])
}

function stateRows({ process: main, states }: SimulationReport) {
  return states.map(({ process, state, visits, cases, share, stay, now }) => [
    process === main ? state : `${process}: ${state}`,
    ...[visits, cases, percent(share), ...spread(stay), now],
  ])
}

const workHeading = [
  'invocation',
  'role',
  'items',
  'done',
  'closed',
  'open',
  'late',
  'waited',
  '90 %',
  'ended as',
]

function workRows({ work }: SimulationReport) {
  return work.map(({ invocation, role, items, done, closed, open, late, waited, outcomes }) => [
    ...[invocation, role, items, done, closed, open, late, ...spread(waited)],
    counts(outcomes),
  ])
}

function peopleRows({ people }: SimulationReport) {
  return people.map(({ name, roles, done, busy_ms: busy, share }) => [
    ...[name, roles, done, busy === 0 ? '–' : spell(busy)],
    busy === 0 ? '–' : percent(share),
  ])
}

function neverTaken({ process: main, states, transitions }: SimulationReport): readonly string[] {
  const named = (process: string, state: string) => (process === main ? state : `${process}: ${state}`)
  return [
    ...states
      .filter(({ visits }) => visits === 0)
      .map(({ process, state }) => `state ${named(process, state)}: never entered`),
    ...transitions
      .filter(({ taken }) => taken === 0)
      .map(({ process, from, on, to, guard, why }) => {
        const where = from === '' ? 'anywhere' : named(process, from)
        const when = guard === null ? '' : `, where ${guard}`
        return `${where}, ${on}${to === '' ? '' : `, to ${to}`}${when}: ${why}`
      }),
  ]
}

function refusals({ refused }: SimulationReport): readonly string[] {
  return refused.map(({ what, name, state, code, reason, text, times, cases, first }) => {
    const where = state === '' ? '' : ` in ${state}`
    const kind = reason === '' ? code : `${code}, ${reason}`
    return `${times} times in ${cases} cases: ${what} ${name}${where} (${kind}): ${text} (the first is case ${first})`
  })
}

function entryLine({ at, by, what, values, from, to, refused }: PathEntry): string {
  const who = by === null ? '' : `${by}: `
  const filled = isEmpty(values) ? '' : ` ${shortened(JSON.stringify(values))}`
  if (refused !== undefined) return `${at}  ${who}${what}${filled} refused (${refused})`
  const way =
    to === undefined
      ? ''
      : ` ${[...(from === undefined ? [] : [from]), to].map((states) => states.join(', ')).join(' -> ')}`
  return `${at}  ${who}${what}${filled}${way}`
}

function isEmpty(values: unknown): boolean {
  return (
    values === undefined ||
    values === null ||
    (typeof values === 'object' && Object.keys(values).length === 0)
  )
}

function shortened(text: string): string {
  return text.length > 120 ? `${text.slice(0, 119)}…` : text
}

function counts(of: Readonly<Record<string, number>>): string {
  return Object.entries(of)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ')
}

function spread(times: Spread | null): readonly [string, string] {
  return times === null ? ['–', '–'] : [spell(times.median_ms), spell(times.p90_ms)]
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`
}

const minuteMs = 60_000
const hourMs = 60 * minuteMs

/** Hours and days as on the clock, however long somebody works on a day. */
function spell(ms: number): string {
  if (ms < minuteMs) return `${Math.round(ms / 1_000)} s`
  if (ms < hourMs) return `${Math.round(ms / minuteMs)} min`
  return ms < 100 * hourMs ? `${(ms / hourMs).toFixed(1)} h` : `${Math.round(ms / hourMs)} h`
}

function day(moment: string): string {
  return moment.slice(0, 10)
}
