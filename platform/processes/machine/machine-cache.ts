import type { ProcessModel } from '../../definitions/model/model.ts'
import { compileMachine, type CompiledMachine } from './compiled-machine.ts'

const machines = new WeakMap<ProcessModel, CompiledMachine>()

/** The machine of a process, compiled once (it costs up to some tens of milliseconds). */
export function machineOf(process: ProcessModel): CompiledMachine {
  let machine = machines.get(process)
  if (machine === undefined) {
    machine = compileMachine(process)
    machines.set(process, machine)
  }
  return machine
}
