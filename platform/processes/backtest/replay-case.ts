import type { FieldModel, ProcessModel } from '../../definitions/model/model.ts'
import type { Decision, InvocationError, MachineEvent } from '../machine/compiled-machine.ts'
import { machineOf } from '../machine/machine-cache.ts'
import { endOfDelay } from '../timers/moments.ts'
import { waitingIn } from '../timers/waiting.ts'
import { depart } from './departures.ts'
import { judge, refill } from './judge.ts'
import type { Outcome, RefusedBecause } from './outcome.ts'
import { guardsOf, isSameConfiguration, partingAt, refused, unknown } from './partings.ts'
import { PastDecider, told } from './past-decider.ts'
import type { Position } from './past-values.ts'
import { isSameTimer, PendingTimers } from './pending-timers.ts'
import { placesOf, type StepPlace } from './positions.ts'
import type { RecordedStep } from './recorded.ts'
import type { At, Replay, Run } from './replay.ts'
import { sceneAt, type Scene, type Sender } from './scene.ts'

/**
 * Takes a recorded case through a version of its process, step by step, with the record's values and the clock as they
 * were, until it parts from what is recorded. Pure: all that it asks for comes from the archive.
 * @throws Unread where a history is needed that has not been read yet
 */
export function replayCase(replay: Replay): Outcome {
  const { recorded, history } = replay
  const places = placesOf(recorded, history.changes)
  const run: Run = { snapshot: undefined, states: [], timers: new PendingTimers(), departures: new Map() }
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

/** The event as the machine names it. */
function typeOf({ transitions, event }: RecordedStep): string {
  return transitions.find(({ event: type }) => type !== '')?.event ?? event
}

function senderOf({ sentEvents }: Replay, step: RecordedStep): Sender {
  const type = typeOf(step)
  if (type.startsWith('xstate.after.')) return { kind: 'process' }
  return { kind: 'person', id: step.by, mayBeSent: sentEvents.has(type) }
}

type Filled =
  | { readonly payload: Readonly<Record<string, unknown>> }
  | { readonly reason: RefusedBecause; readonly text: string }
  | { readonly unknown: string }

/** Judges the sender and the form; gives what goes along with the event. */
function fill(
  { version: { process }, ran, isControl, sentEvents }: Replay,
  options: {
    scene: Scene
    step: RecordedStep
    type: string
    configuration: Parameters<typeof judge>[2]['configuration']
  },
): Filled {
  const { scene, step, type, configuration } = options
  const payload = step.payload ?? {}
  if (isControl) return { payload }
  const event = process.events.get(type)
  if (event !== undefined) {
    const verdict = judge(event, scene, {
      configuration,
      mayBeSent: sentEvents.has(type),
      permittedBy: ran?.process.events.get(type),
    })
    if (verdict !== undefined) return verdict
    const filled = refill(event.form, payload, scene)
    return 'text' in filled ? { reason: 'form', text: filled.text } : { payload: filled.values }
  }
  const form = process.forms.get(invocationOf(type) ?? '')
  if (form === undefined) return { payload }
  const filled = refill(form, payload, scene)
  return 'text' in filled
    ? { reason: 'form', text: filled.text }
    : { payload: { ...payload, ...filled.values } }
}

function invocationOf(type: string): string | undefined {
  return /^xstate\.done\.actor\.(.+)$/.exec(type)?.[1]
}

function eventFor(
  decider: PastDecider,
  {
    process,
    type,
    payload,
  }: { process: ProcessModel; type: string; payload: Readonly<Record<string, unknown>> },
): MachineEvent {
  const form = process.events.get(type)?.form ?? process.forms.get(invocationOf(type) ?? '')
  const values = decider.opened(form ?? new Map<string, FieldModel>(), payload)
  if (type.startsWith('xstate.after.')) return { type }
  if (type.startsWith('xstate.error.')) return { type, error: payload as unknown as InvocationError }
  return type.startsWith('xstate.') ? { type, output: values } : { type, payload: values }
}

/** The draft has no such timer, or not yet: it stays where it is. */
function stay(replay: Replay, run: Run, { step, place }: At): Outcome | undefined {
  depart(replay, run, { sets: new Map(), created: {}, step, place })
  return isSameConfiguration(run.states, step.states)
    ? undefined
    : { way: 'other', ...partingAt(run, step, { drafted: run.states, guards: [] }) }
}

/** Fires the timers that the draft has and the version that ran had not, until a moment. */
function lapse(
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
      event: first.eventId.replace(/^xstate\.after\.([^.]+)\..*$/, 'after $1'),
      expected: from,
    }
  }
}

function isRecordedTimer({ version, ran }: Replay, { states }: Run, eventId: string): boolean {
  return isSameTimer(eventId, { states, draft: version, ran })
}

function decided(
  { version, archive }: Replay,
  { unit, past, user, record }: Scene,
  decide: (decider: PastDecider) => Decision,
): { readonly decider: PastDecider; readonly decision: Decision } | { readonly fault: string } {
  const decider = new PastDecider({ unit, process: version.process, past, user, record })
  try {
    const decision = decide(decider)
    if (decider.fault === undefined) return { decider, decision }
  } catch (error) {
    if (archive.isWaiting) throw error
    if (decider.fault === undefined) return { fault: `the process breaks off: ${(error as Error).message}` }
  }
  return { fault: decider.fault }
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
  depart(replay, run, { ...decider, step, place })
  return undefined
}
