import { isLive, statesOf, type Case } from '../case.ts'
import { reportCalendar } from '../script.ts'
import type { World } from '../world.ts'
import type { PlayedHistory } from './read-history.ts'
import { reportOpen } from './report-open.ts'
import { reportRefusals } from './report-refusals.ts'
import { reportStates } from './report-states.ts'
import { reportTransitions } from './report-transitions.ts'
import { reportPeople } from './report-people.ts'
import { countBy, reportWork } from './report-work.ts'
import type { EndReport, FailureReport, SimulationReport } from './report.ts'
import { spreadOf, timeBetween, type Spread } from './spread.ts'

/** @param options.asked how many cases were to be played */
export function makeReport(
  world: World,
  { history, asked }: { history: PlayedHistory; asked: number },
): SimulationReport {
  const { script, stage, seed, cases } = world
  const { instances, items } = history
  const begun = cases.filter(({ record }) => record !== undefined)
  const ended = begun.filter(({ endedAt }) => endedAt !== undefined)
  const open = begun.filter((played) => isLive(played) || played.isTooLong)
  const refused = reportRefusals(cases)
  const names = [script.process.name, ...new Set(instances.map(({ process }) => process))]
  const processes = [...new Set(names)].map((process) => ({
    process,
    instances: instances.filter((instance) => instance.process === process),
  }))
  const states = processes.map((each) => ({ ...each, states: reportStates(world, each) }))
  const failed = failuresIn(world, history)
  return {
    process: script.process.name,
    seed,
    begins_at: (cases[0]?.begunAt ?? stage.now).toISOString(),
    ends_at: stage.now.toISOString(),
    calendar: script.document.calendar ?? null,
    cases: {
      begun: begun.length,
      ended: ended.length,
      open: open.length,
      failed: new Set(failed.map((failure) => failure.case)).size,
      refused: cases.filter(({ record, failure }) => record === undefined && failure === undefined).length,
      left: asked - cases.length,
    },
    duration: spreadOf(ended.map((played) => durationOf(world, played))) ?? null,
    ends: endsOf(world, ended),
    kinds: [...Map.groupBy(begun, ({ kind }) => kind)].flatMap(([kind, group]) =>
      kind === undefined ? [] : [{ kind, cases: group.length, states: countBy(group.map(statesOf)) }],
    ),
    states: states.flatMap((each) => each.states),
    open: reportOpen(world, { cases: open, instances }),
    transitions: states.flatMap((each) => reportTransitions(world, { ...each, refused })),
    refused,
    work: reportWork(world, items),
    people: reportPeople(world, items),
    failed,
    troubles: [...world.troubles].map(([message, times]) => ({ message, times })),
  }
}

function endsOf(world: World, ended: readonly Case[]): readonly EndReport[] {
  return [...Map.groupBy(ended, statesOf)]
    .map(([state, group]) => ({
      state,
      cases: group.length,
      share: group.length / ended.length,
      duration: spreadOf(group.map((played) => durationOf(world, played))) as Spread,
    }))
    .sort((a, b) => b.cases - a.cases)
}

function durationOf({ script }: World, { begunAt, endedAt }: Case): number {
  return timeBetween(reportCalendar(script), begunAt, endedAt ?? begunAt)
}

/** What failed in a case, in the order of the cases; what a trigger could not do among it. */
function failuresIn(
  { cases, casesByRecord, stage }: World,
  { failedRuns }: PlayedHistory,
): readonly FailureReport[] {
  const own = cases.flatMap(({ number, failure }) =>
    failure === undefined
      ? []
      : [{ case: number, at: failure.at.toISOString(), what: failure.what, message: failure.message }],
  )
  const ofTriggers = failedRuns.flatMap(({ record, message }) => {
    const played = casesByRecord.get(record ?? '')
    return played === undefined
      ? []
      : [{ case: played.number, at: stage.now.toISOString(), what: 'trigger', message }]
  })
  return [...own, ...ofTriggers].sort((a, b) => a.case - b.case)
}
