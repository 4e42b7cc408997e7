import type { ProcessModel } from '../../definitions/model/model.ts'
import type { Outcome, Parting, RefusedBecause } from './outcome.ts'
import type { PastDecider } from './past-decider.ts'
import type { RecordedStep } from './recorded.ts'
import type { Run } from './replay.ts'

export function guardsOf(
  process: ProcessModel,
  { answers }: PastDecider,
  numbers: readonly (number | undefined)[],
): Parting['guards'] {
  return numbers.flatMap((number) =>
    number === undefined || !answers.has(number)
      ? []
      : [{ text: process.expressions[number]?.text ?? '', held: answers.get(number) === true }],
  )
}

export function isSameConfiguration(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((state) => right.includes(state))
}

export function partingAt(
  { states }: Pick<Run, 'states'>,
  { number, at, event, states: expected, transitions }: RecordedStep,
  { drafted, guards }: Pick<Parting, 'drafted' | 'guards'>,
): Parting {
  const recordedGuard = transitions.find(({ guard }) => guard !== undefined)?.guard
  return {
    step: number,
    at,
    event,
    from: states,
    expected,
    drafted,
    guards,
    ...(recordedGuard === undefined ? {} : { recordedGuard }),
  }
}

export function refused(
  run: Run,
  step: RecordedStep,
  { reason, text, guards = [] }: { reason: RefusedBecause; text: string; guards?: Parting['guards'] },
): Outcome {
  return { way: 'refused', reason, text, ...partingAt(run, step, { drafted: run.states, guards }) }
}

export function unknown({ number, event }: Pick<RecordedStep, 'number' | 'event'>, text: string): Outcome {
  return { way: 'unknown', step: number, event, text }
}
