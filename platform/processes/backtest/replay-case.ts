import type { Decision } from '../machine/compiled-machine.ts'
import { machineOf } from '../machine/machine-cache.ts'
import { endOfDelay } from '../timers/moments.ts'
import { waitingIn } from '../timers/waiting.ts'
import { WorkOfReplay, type AskedWork } from './asked-work.ts'
import { depart } from './departures.ts'
import type { Outcome } from './outcome.ts'
import { guardsOf, isSameConfiguration, partingAt, refused, unknown } from './partings.ts'
import { told, type PastDecider } from './past-decider.ts'
import { eventFor, fill, invocationOf, senderOf, typeOf } from './past-event.ts'
import { isRecordedTimer, lapse } from './lapse.ts'
import { PendingTimers } from './pending-timers.ts'
import { placesOf, type StepPlace } from './positions.ts'
import type { RecordedStep } from './recorded.ts'
import type { At, Replay, Run } from './replay.ts'
import { decided, sceneAt, type Scene } from './scene.ts'

/**
 * Takes a recorded case through a version of its process, step by step, with the record's values and the clock as they
 * were, until it parts from what is recorded. Pure: all that it asks for comes from the archive.
 * @returns how it went, and the work that people were asked for on the way
 * @throws Unread where a history is needed that has not been read yet
 */
export function replayCase(replay: Replay): { outcome: Outcome; work: readonly AskedWork[] } {
  const run: Run = {
    snapshot: undefined,
    states: [],
    timers: new PendingTimers(),
    work: new WorkOfReplay(),
    departures: new Map(),
  }
  const outcome = wayOf(replay, run)
  return { outcome, work: run.work.all }
}

function wayOf(replay: Replay, run: Run): Outcome {
  const { recorded, history } = replay
  const places = placesOf(recorded, history)
  const [start, ...steps] = recorded.steps
  if (start === undefined) return unknown({ number: 0, event: 'begin' }, 'no step is recorded')
  const begun = begin(replay, run, { step: start, place: places[0] as StepPlace })
  if (begun !== undefined) return begun
  for (const [index, step] of steps.entries()) {
    const place = places[index + 1] as StepPlace
    const between = { floor: (places[index] as StepPlace).after.floor, ceiling: place.before.ceiling }
    const lapsed = lapse(replay, run, { step, until: Date.parse(step.at), between })
    if (lapsed === 'arrived') continue
    const outcome = lapsed ?? follow(replay, run, { step, place })
    if (outcome !== undefined) return outcome
  }
  const last = recorded.steps.at(-1) as RecordedStep
  const between = { floor: (places.at(-1) as StepPlace).after.floor, ceiling: Infinity }
  const outcome = lapse(replay, run, { step: last, until: replay.until, between, isOver: true })
  return outcome === undefined || outcome === 'arrived' ? { way: 'same' } : outcome
}

function begin(replay: Replay, run: Run, { step, place }: At): Outcome | undefined {
  const { process } = replay.version
  const machine = machineOf(process)
  const scene = sceneAt(replay, run, { position: place.before, sender: senderOf(replay, step) })
  if (step.event === 'begin')
    return conclude(replay, run, { step, place, scene, decide: (decider) => machine.begin(decider) })
  if (!step.event.startsWith('entry:')) return unknown(step, 'the case did not begin by itself')
  const [state = ''] = step.states
  if (!process.states.has(state))
    return refused(run, step, {
      reason: 'state',
      text: `The draft has no state "${state}" to place the record in.`,
    })
  const value = state
    .split('.')
    .reduceRight<unknown>((inner, key) => (inner === undefined ? key : { [key]: inner }), undefined)
  run.snapshot = machine.place(value, process.context)
  run.states = [state]
  const seen = { record: scene.record as Readonly<Record<string, unknown>>, context: process.context }
  const armed = waitingIn(process, [state]).map(({ delay, eventId }) => ({
    eventId,
    end: told(() => endOfDelay(scene.unit, { process, delay, seen })),
  }))
  run.timers.note({ armed, cancelled: [] }, place.before.at)
  return undefined
}

/** Takes the recorded event in the version. */
function follow(replay: Replay, run: Run, { step, place }: At): Outcome | undefined {
  const { process } = replay.version
  const type = typeOf(step)
  const scene = sceneAt(replay, run, { position: place.before, sender: senderOf(replay, step) })
  const machine = machineOf(process)
  const configuration = machine.inspect(run.snapshot)
  const isTimer = type.startsWith('xstate.after.')
  if (isTimer && !replay.isControl && !isRecordedTimer(replay, run, type))
    return stay(replay, run, { step, place })
  if (configuration.isEnded)
    return refused(run, step, { reason: 'ended', text: 'The draft has ended there.' })
  const isPersonal = !type.startsWith('xstate.')
  if (isPersonal && !process.events.has(type))
    return refused(run, step, { reason: 'event', text: `The draft has no event "${type}".` })
  if (configuration.candidates(type).length === 0)
    return isTimer
      ? stay(replay, run, { step, place })
      : refused(run, step, {
          reason: 'state',
          text: `In ${run.states.join(', ')} the draft does not take "${step.event}".`,
        })
  const filled = told(() => fill(replay, { scene, step, type, configuration }))
  if ('reason' in filled) return unknown(step, filled.reason)
  if ('unknown' in filled.value) return unknown(step, filled.value.unknown)
  if ('reason' in filled.value) return refused(run, step, filled.value)
  run.timers.remove(type)
  const { payload } = filled.value
  return conclude(replay, run, {
    step,
    place,
    scene,
    type,
    decide: (decider) =>
      machine.advance(run.snapshot, eventFor(decider, { process, type, payload }), decider),
  })
}

/** The draft has no such timer, or not yet: it stays where it is. */
function stay(replay: Replay, run: Run, { step, place }: At): Outcome | undefined {
  depart(replay, run, { sets: new Map(), created: {}, step, place })
  return isSameConfiguration(run.states, step.states)
    ? undefined
    : { way: 'other', ...partingAt(run, step, { drafted: run.states, guards: [] }) }
}

/** Decides, and compares with what is recorded. */
function conclude(
  replay: Replay,
  run: Run,
  options: At & { scene: Scene; type?: string; decide: (decider: PastDecider) => Decision },
): Outcome | undefined {
  const { step, place, scene, type } = options
  const { process } = replay.version
  const candidates =
    type === undefined
      ? []
      : machineOf(process)
          .inspect(run.snapshot)
          .candidates(type)
          .map(({ guard }) => guard)
  const result = decided(replay, scene, options.decide)
  if ('fault' in result) return unknown(step, result.fault)
  const { decider, decision } = result
  const asked = candidates.length > 0 ? candidates : decision.transits.map(({ guard }) => guard)
  const guards = guardsOf(process, decider, asked)
  if (type !== undefined && !decision.isTaken && !type.startsWith('xstate.after.'))
    return refused(run, step, {
      reason: 'guard',
      text: `No transition lets it through: it needs ${guards.map(({ text }) => text).join(' / ')}.`,
      guards,
    })
  if (!isSameConfiguration(decision.states, step.states))
    return { way: 'other', ...partingAt(run, step, { drafted: decision.states, guards }) }
  run.snapshot = decision.snapshot
  run.states = decision.states
  run.timers.note(decider, place.before.at)
  run.work.note(decider.work, {
    step: { number: step.number, event: step.event, at: place.before.at },
    done: type === undefined ? undefined : invocationOf(type),
    isEnded: decision.isEnded,
  })
  depart(replay, run, { ...decider, step, place })
  return undefined
}
