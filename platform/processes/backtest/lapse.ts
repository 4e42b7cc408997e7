import { machineOf } from '../machine/machine-cache.ts'
import { depart } from './departures.ts'
import type { Outcome } from './outcome.ts'
import { guardsOf, isSameConfiguration, partingAt, unknown } from './partings.ts'
import type { Position } from './past-values.ts'
import { isSameTimer } from './pending-timers.ts'
import type { RecordedStep } from './recorded.ts'
import type { Replay, Run } from './replay.ts'
import { decided, sceneAt } from './scene.ts'

/** Fires the timers that the draft has and the version that ran had not, until a moment. */
export function lapse(
  replay: Replay,
  run: Run,
  options: {
    step: RecordedStep
    until: number
    between: Pick<Position, 'floor' | 'ceiling'>
    /** After the last step: what still happens is no recorded step. */
    isOver?: boolean
  },
): Outcome | 'arrived' | undefined {
  if (replay.isControl) return undefined
  const { step, until, between, isOver = false } = options
  const { process } = replay.version
  for (;;) {
    const first = run.timers.firstUntil(until, {
      process,
      changes: replay.history.changes,
      isRecorded: (eventId) => isRecordedTimer(replay, run, eventId),
    })
    if (first === undefined) return undefined
    if ('unknown' in first) return unknown(step, first.unknown)
    run.timers.remove(first.eventId)
    const position = { at: first.end, ...between }
    const scene = sceneAt(replay, run, { position, sender: { kind: 'process' } })
    const from = run.states
    const result = decided(replay, scene, (decider) =>
      machineOf(process).advance(run.snapshot, { type: first.eventId }, decider),
    )
    if ('fault' in result) return unknown(step, result.fault)
    const { decider, decision } = result
    if (!decision.isTaken) continue
    run.snapshot = decision.snapshot
    run.states = decision.states
    run.timers.note(decider, first.end)
    const fired = { number: step.number, event: eventOf(first.eventId), at: first.end }
    run.work.note(decider.work, { step: fired, isEnded: decision.isEnded })
    depart(replay, run, { ...decider, step, place: { before: position, after: position, own: [] } })
    const isArrived =
      !isOver && step.event.startsWith('after ') && isSameConfiguration(decision.states, step.states)
    if (isArrived) return 'arrived'
    if (isSameConfiguration(from, decision.states)) continue
    return {
      way: 'other',
      ...partingAt({ ...run, states: from }, step, {
        drafted: decision.states,
        guards: guardsOf(
          process,
          decider,
          decision.transits.map(({ guard }) => guard),
        ),
      }),
      at: new Date(first.end).toISOString(),
      event: fired.event,
      expected: from,
    }
  }
}

function eventOf(timer: string): string {
  return timer.replace(/^xstate\.after\.([^.]+)\..*$/, 'after $1')
}

/** Whether the version that ran has the same timer there. */
export function isRecordedTimer({ version, ran }: Replay, { states }: Run, eventId: string): boolean {
  return isSameTimer(eventId, { states, draft: version, ran })
}
