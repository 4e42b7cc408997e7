import type { ObjectModel } from '../../definitions/model/model.ts'
import type { UnitOfWork } from '../../records/unit-of-work.ts'
import type { RecordValues } from '../../records/values.ts'
import type { Decision, MachineEvent } from '../machine/compiled-machine.ts'
import { machineOf } from '../machine/machine-cache.ts'
import type { ProcessPorts } from '../ports.ts'
import { applyEffects, type AppliedStep, type EventSender } from './apply.ts'
import { StepDecider } from './decide.ts'
import { saveStep, type Instance } from './instance.ts'
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
    event: MachineEvent
    /** The event's name in the history. */
    name: string
    depth: number
    ports: ProcessPorts
    send: EventSender
  },
): Promise<{ isTaken: false } | ({ isTaken: true; decision: Decision } & AppliedStep)> {
  const { instance, object, stored, event, name, depth, ports } = options
  const { process } = instance
  const decider = new StepDecider({ unit, process, record: options.record })
  const decision = machineOf(process).advance(instance.snapshot, event, decider)
  if (!decision.isTaken) return { isTaken: false }
  await saveStep(unit, { instance, decision, event: name, payload: event.payload ?? event.output ?? null })
  const state = columnState(decision.states)
  const applied = await applyEffects(unit, {
    instance,
    object,
    record: stored,
    state: state === stored[process.stateField] ? undefined : state,
    effects: decider.effects,
    event: name,
    depth,
    ports,
    send: options.send,
  })
  return { isTaken: true, decision, ...applied }
}
