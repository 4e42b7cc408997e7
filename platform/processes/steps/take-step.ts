import type { ObjectModel } from '../../definitions/model/model.ts'
import type { UnitOfWork } from '../../records/unit-of-work.ts'
import type { RecordValues } from '../../records/values.ts'
import type { Decision, MachineEvent } from '../machine/compiled-machine.ts'
import { machineOf } from '../machine/machine-cache.ts'
import type { ProcessPorts } from '../ports.ts'
import { applyEffects, type AppliedStep, type EventSender } from './apply.ts'
import type { StepCause } from './cause.ts'
import { StepDecider } from './decide.ts'
import type { Effect } from './effects.ts'
import { saveStep, type Instance } from './instance.ts'
import type { OpenedRecords } from './opened-records.ts'
import { columnState } from './state-column.ts'

/**
 * One durable step: decide purely, then do, then store; all in the unit's transaction, with the record locked by the
 * caller. `isTaken` is false, and nothing is written, where the machine has no transition for the event.
 */
export async function takeStep(
  unit: UnitOfWork,
  options: {
    instance: Instance
    object: ObjectModel
    /** As stored. */
    stored: RecordValues
    /** As the process's expressions see it. */
    record: RecordValues
    opened: OpenedRecords
    event: MachineEvent
    /** The event's name and what was filled in, in the history. */
    name: string
    payload: unknown
    /** What made the step, in the history. */
    cause: StepCause
    /** Whether the record has been locked with the sender's right to change it. */
    isPermitted: boolean
    depth: number
    ports: ProcessPorts
    send: EventSender
  },
): Promise<{ isTaken: false } | ({ isTaken: true; decision: Decision } & AppliedStep)> {
  const { instance, object, stored, event, name, payload, depth, ports } = options
  const { process } = instance
  const { decision, effects } = await decided(
    options.opened,
    { unit, process, record: options.record },
    (by) => machineOf(process).advance(instance.snapshot, event, by),
  )
  if (!decision.isTaken) return { isTaken: false }
  saveStep(unit, { instance, decision, event: name, payload, cause: options.cause })
  const state = columnState(decision.states)
  const applied = await applyEffects(unit, {
    instance,
    object,
    record: stored,
    state: state === stored[process.stateField] ? undefined : state,
    effects,
    event: name,
    isPermitted: options.isPermitted,
    depth,
    ports,
    send: options.send,
  })
  return { isTaken: true, decision, ...applied }
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
