import { drawingOf } from '../../../processes/picture/drawing.ts'
import { followSteps } from '../../../processes/picture/way.ts'
import { reportCalendar } from '../script.ts'
import type { World } from '../world.ts'
import type { PlayedInstance, PlayedStep } from './read-history.ts'
import type { StateReport } from './report.ts'
import { spreadOf, timeBetween } from './spread.ts'

interface Tally {
  visits: number
  now: number
  readonly records: Set<string>
  readonly stays: number[]
}

/** How often and how long cases were in each state of a process, in the order of the document. */
export function reportStates(
  { script }: World,
  { process: name, instances }: { process: string; instances: readonly PlayedInstance[] },
): readonly StateReport[] {
  const process = script.model.processes.get(name)
  if (process === undefined) return []
  const calendar = reportCalendar(script)
  const tallies = new Map<string, Tally>()
  const tallyOf = (state: string) => {
    const tally = tallies.get(state) ?? { visits: 0, now: 0, records: new Set(), stays: [] }
    tallies.set(state, tally)
    return tally
  }
  for (const { steps, record, ended_at: ended } of instances) {
    const { passages, visits } = followSteps(withFirstStates(steps))
    for (const { number, at } of steps)
      for (const { state, spentMs } of passages.get(number)?.left ?? []) {
        const to = new Date(at)
        tallyOf(state).stays.push(timeBetween(calendar, new Date(to.getTime() - spentMs), to))
      }
    for (const [state, { count, since }] of visits) {
      const tally = tallyOf(state)
      tally.visits += count
      tally.records.add(record)
      if (since !== null && ended === null) tally.now++
    }
  }
  const all = new Set(instances.map(({ record }) => record)).size
  return drawingOf(process)
    .states.filter(({ path, kind }) => path !== '' && kind !== 'history')
    .map(({ path: state }) => {
      const { visits, now, records, stays } = tallyOf(state)
      const share = all === 0 ? 0 : records.size / all
      return { process: name, state, visits, cases: records.size, share, stay: spreadOf(stays) ?? null, now }
    })
}

/** States that were left as soon as the process began are entered by no transition; the first step tells of them here. */
function withFirstStates(steps: readonly PlayedStep[]): readonly PlayedStep[] {
  const [first, ...others] = steps
  if (first === undefined) return steps
  const left = first.transitions.map(({ from }) => from).filter(Boolean)
  return [{ ...first, transitions: [...first.transitions, { from: '', to: left, event: '' }] }, ...others]
}
