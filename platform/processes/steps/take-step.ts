import { TesseraError } from '../../access/errors.ts'
import type { ObjectModel, ProcessModel } from '../../definitions/model/model.ts'
import { actingAs, type UnitOfWork } from '../../records/unit-of-work.ts'
import type { RecordValues } from '../../records/values.ts'
import { loadStored } from '../../records/write/evaluation.ts'
import type { ImmediateResult } from '../approvals/begin.ts'
import { closeAtEnd, stopInvoked, type LeftAtEnd } from '../invocations/close.ts'
import { endInvocation, endInvocationElsewhere, takeResult } from '../invocations/invocation-row.ts'
import { notePart, startInvocation } from '../invocations/start.ts'
import type { Decision, MachineEvent } from '../machine/compiled-machine.ts'
import type { Decider } from '../machine/decider.ts'
import { machineOf } from '../machine/machine-cache.ts'
import type { ProcessPorts } from '../ports.ts'
import { versionFor } from '../versions/choose-version.ts'
import { timerPrincipal } from './acting.ts'
import { applyEffects, type AppliedEffects, type AppliedStep, type EventSender } from './apply.ts'
import type { StepCause } from './cause.ts'
import { StepDecider } from './decide.ts'
import type { Effect } from './effects.ts'
import { insertInstance, instanceById, saveStep, type Instance } from './instance.ts'
import { OpenedRecords } from './opened-records.ts'
import { stateValues } from './state-column.ts'
import { processRecord } from './variables.ts'

/** How far events and results that follow from each other may go on before they are broken off. */
const maxDepth = 8

interface Following {
  /** How many steps of this transaction led here. */
  readonly depth: number
  readonly ports: ProcessPorts
  readonly send: EventSender
}

export interface StepOptions extends Following {
  readonly instance: Instance
  readonly object: ObjectModel
  /** As stored. */
  readonly stored: RecordValues
  /** As the process's expressions see it. */
  readonly record: RecordValues
  readonly opened: OpenedRecords
  readonly event: MachineEvent
  /** How the machine decides, where it is not asked what the event does to it. */
  readonly decide?: (decider: Decider) => Decision
  /** What becomes of what was decided to be done, before it is done. */
  readonly adjust?: (effects: readonly Effect[]) => readonly Effect[]
  /** The event's name and what was filled in, in the history. */
  readonly name: string
  readonly payload: unknown
  /** What made the step, in the history. */
  readonly cause: StepCause
  /** Whether the record has been locked with the sender's right to change it. */
  readonly isPermitted: boolean
}

/**
 * One durable step: decide purely, then do, then store; all in the unit's transaction, with the record locked by the
 * caller. `isTaken` is false, and nothing is written, where the machine has no transition for the event.
 */
export async function takeStep(
  unit: UnitOfWork,
  options: StepOptions,
): Promise<{ isTaken: false } | ({ isTaken: true; decision: Decision } & AppliedStep)> {
  const { instance, object, stored, event, name, payload, depth, ports, send, adjust } = options
  const { process } = instance
  const { decision, effects: listed } = await decided(
    options.opened,
    { unit, process, record: options.record },
    options.decide ?? ((by) => machineOf(process).advance(instance.snapshot, event, by)),
  )
  if (!decision.isTaken) return { isTaken: false }
  const effects = adjust?.(listed) ?? listed
  saveStep(unit, { instance, decision, event: name, payload, cause: options.cause })
  // Nothing begins any more at an end, unless this step invokes it: what is left is closed while it is carried out.
  const isLast = decision.isEnded && effects.every(({ kind }) => kind !== 'invoke')
  const [applied, left] = await Promise.all([
    applyEffects(unit, {
      ...{ instance, object, effects, depth, ports, send },
      record: stored,
      state: stateValues(process, stored, decision.states),
      event: name,
      isPermitted: options.isPermitted,
    }),
    isLast ? closeAtEnd(unit, instance.id) : undefined,
  ])
  const settled = await settle(unit, { instance, object, decision, left, depth, ports, send }, applied)
  return { isTaken: true, decision, ...settled }
}

/** Enters a machine under the given id: entry actions of the first states, `always`, timers and what they invoke. */
export async function beginInstance(
  unit: UnitOfWork,
  options: Following & {
    id: string
    process: ProcessModel
    object: ObjectModel
    /** As stored. */
    record: RecordValues
    /** What it remembers in place of declared values. */
    context?: Readonly<Record<string, unknown>>
    cause: StepCause
  },
): Promise<AppliedStep & { readonly effects: readonly Effect[]; readonly decision: Decision }> {
  const { id, process, object, record: stored, context, cause, depth, ports, send } = options
  const opened = new OpenedRecords(unit)
  const record = processRecord(opened, { object, process, values: stored })
  const { decision, effects } = await decided(opened, { unit, process, record }, (decider) =>
    machineOf(process).begin(decider, context),
  )
  const place = { object: object.name, record: String(stored.id) }
  const begun = { id, process, ...place, decision, event: 'begin', cause }
  insertInstance(unit, begun, { isReferredTo: effects.length > 0 })
  const state = stateValues(process, stored, decision.states)
  const instance = { id, process, record: place.record }
  const applied = await applyEffects(unit, {
    ...{ instance, object, record: stored, state, effects, depth, ports, send },
    event: 'begin',
    isPermitted: false,
  })
  const settled = await settle(unit, { instance, object, decision, depth, ports, send }, applied)
  return { ...settled, effects, decision }
}

type Begun = Pick<Instance, 'id' | 'process' | 'record'>

interface Settling extends Following {
  readonly instance: Begun
  readonly object: ObjectModel
  readonly decision: Decision
  /** What an instance leaves that has come to its end, where that was closed already. */
  readonly left?: LeftAtEnd | undefined
}

/** What follows from a step when it is done: what it invoked starts, and who waits for its end hears of it. */
async function settle(unit: UnitOfWork, settling: Settling, applied: AppliedEffects): Promise<AppliedStep> {
  let { record, created } = applied
  const add = (step: AppliedStep | undefined) => {
    if (step === undefined) return
    record = step.record
    created = [...created, ...step.created]
  }
  for (const effect of applied.invoked) {
    const { instance, object } = settling
    const { token, isEnded, part } = await startInvocation(unit, { effect, instance, object })
    if (part !== undefined) {
      const begun = await beginPart(unit, { ...settling, part, token, effect })
      add(begun)
      if (begun.decision.isEnded)
        add(await endPart(unit, { ...settling, token, output: begun.decision.output }))
    } else if (isEnded) add(await deliver(unit, { ...settling, token }))
  }
  for (const result of applied.results) add(await takeImmediate(unit, { ...settling, result }))
  if (settling.decision.isEnded) add(await announceEnd(unit, settling))
  return { record, created }
}

type Starting = Settling & {
  readonly token: string
  readonly effect: AppliedEffects['invoked'][number]
  readonly part: { readonly id: string; readonly process: ProcessModel }
}

async function beginPart(unit: UnitOfWork, { part, token, effect, ...settling }: Starting) {
  const { instance, object, depth } = settling
  checkDepth(depth)
  const record = await storedNow(unit, object, instance.record)
  const { context } = effect.input
  const process = await versionFor(unit, { process: part.process, object, record })
  const begun = await beginInstance(unit, {
    ...settling,
    ...{ id: part.id, process, record },
    cause: { kind: 'process', id: instance.id },
    depth: depth + 1,
    ...(context === undefined ? {} : { context }),
  })
  await notePart(unit, { token, effect, instance, child: part.id })
  return begun
}

async function endPart(
  unit: UnitOfWork,
  { token, output, ...following }: Following & { object: ObjectModel; token: string; output: RecordValues },
): Promise<AppliedStep | undefined> {
  return (await endInvocation(unit, token, { output })) ? deliver(unit, { ...following, token }) : undefined
}

/** At the end of an instance all is closed that it had open, and those hear of the end who wait for it. */
async function announceEnd(unit: UnitOfWork, settling: Settling): Promise<AppliedStep | undefined> {
  const { instance, decision } = settling
  const { output } = decision
  const { closed, waiting } = settling.left ?? (await closeAtEnd(unit, instance.id))
  await stopInvoked(unit, { instance: instance.id, closed })
  const isPart = instance.process.stateField === undefined
  let last: AppliedStep | undefined
  for (const token of waiting)
    if (isPart) last = await endPart(unit, { ...settling, token, output })
    else await endInvocationElsewhere(unit, token, { output })
  return last
}

/**
 * Gives the result of an invocation that has ended to its process, as a step; its record is locked. Undefined where the
 * state was left meanwhile.
 */
export async function deliver(
  unit: UnitOfWork,
  { token, object, depth, ports, send }: Following & { object: ObjectModel; token: string },
): Promise<AppliedStep | undefined> {
  checkDepth(depth)
  const ended = await takeResult(unit, token)
  const instance = ended === undefined ? undefined : await instanceById(unit, ended.instance)
  if (ended === undefined || instance === undefined || instance.isEnded) return undefined
  const { invocation, result } = ended
  const kind = 'error' in result ? 'error' : 'done'
  return takeEnd(unit, {
    ...{ instance, object, ports, send },
    event: { type: `xstate.${kind}.actor.${invocation}`, ...result },
    name: `${invocation} ${kind === 'done' ? 'done' : 'failed'}`,
    payload: 'error' in result ? result.error : result.output,
    cause: { kind: 'invocation', id: token },
    depth: depth + 1,
  })
}

/** Gives the result of an approval that was over as soon as it began to its process. */
async function takeImmediate(
  unit: UnitOfWork,
  { instance: begun, result, object, depth, ports, send }: Settling & { result: ImmediateResult },
): Promise<AppliedStep | undefined> {
  checkDepth(depth)
  const instance = await instanceById(unit, begun.id)
  if (instance === undefined || instance.isEnded) return undefined
  const { approval, invocation, name, output } = result
  return takeEnd(unit, {
    ...{ instance, object, ports, send, name },
    event: { type: `xstate.done.actor.${invocation}`, output },
    payload: output,
    cause: { kind: 'invocation', id: approval },
    depth: depth + 1,
  })
}

async function takeEnd(
  unit: UnitOfWork,
  options: Omit<StepOptions, 'stored' | 'opened' | 'record' | 'isPermitted'>,
): Promise<AppliedStep | undefined> {
  const { instance, object } = options
  const { process } = instance
  // Where nobody stands behind what has ended, the process acts for itself.
  const acting = unit.principal.userId === undefined ? actingAs(unit, timerPrincipal(unit, process)) : unit
  const stored = await storedNow(unit, object, instance.record)
  const opened = new OpenedRecords(acting)
  const step = await takeStep(acting, {
    ...options,
    stored,
    opened,
    record: processRecord(opened, { object, process, values: stored }),
    isPermitted: false,
  })
  return step.isTaken ? step : undefined
}

/** @throws TesseraError event_refused where steps follow from each other too far */
export function checkDepth(depth: number): void {
  if (depth <= maxDepth) return
  throw new TesseraError(
    'event_refused',
    `More than ${maxDepth} steps of processes have followed from each other at once; this looks like a loop.`,
    { members: { reason: 'endless', possible: [] } },
  )
}

async function storedNow(unit: UnitOfWork, object: ObjectModel, id: string): Promise<RecordValues> {
  const stored = await loadStored(unit, { object: object.name, id })
  if (stored === null) throw new Error(`The ${object.name} ${id} has vanished while its process took a step.`)
  return stored
}

/** What is decided, by a machine or without one, and what is to be done for it. */
export function decided<T>(
  opened: OpenedRecords,
  options: Omit<ConstructorParameters<typeof StepDecider>[0], 'opened'>,
  decide: (decider: StepDecider) => T,
): Promise<{ decision: T; effects: readonly Effect[] }> {
  return opened.evaluate(() => {
    const decider = new StepDecider({ ...options, opened })
    return { decision: decide(decider), effects: decider.effects }
  })
}
