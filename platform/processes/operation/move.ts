import { invalid } from '../../access/errors.ts'
import type { ProcessModel } from '../../definitions/model/model.ts'
import { nearest } from '../../definitions/nearest.ts'
import type { UnitOfWork } from '../../records/unit-of-work.ts'
import { machineOf } from '../machine/machine-cache.ts'
import { moveEvent } from '../machine/moving-machine.ts'
import { drawingOf } from '../picture/drawing.ts'
import type { ProcessPorts } from '../ports.ts'
import { sendEvent } from '../steps/send-event.ts'
import { takeStep } from '../steps/take-step.ts'
import { lockWork } from '../work-items/lock.ts'
import { byOperator, logAct } from './log-act.ts'
import { lockTarget, type Target } from './target.ts'

export interface Move {
  /** The path of a state; of one with children the first of them is entered. */
  readonly state: string
  /** Whether what is declared to be done on entering is done; what is declared for leaving never is. */
  readonly runsEntry?: boolean
  readonly reason: string
}

/**
 * Places an instance in a state, as one step: timers and work of the states that it leaves are closed, those of the ones
 * that it enters begin, and transitions that are taken at once (`always`) are taken. Other regions of a parallel state
 * stay as they are. An instance that has ended goes on from there.
 * @throws TesseraError as lockTarget does, validation for a state that there is not
 */
export async function moveInstance(
  unit: UnitOfWork,
  request: Target & Move,
  ports: ProcessPorts = {},
): Promise<void> {
  const { state, runsEntry = false, reason } = request
  const target = await lockTarget(unit, request)
  const locked = await lockWork(unit, {
    object: target.object.name,
    record: String(target.stored.id),
    instance: target.id,
  })
  const { process, snapshot } = locked.instance
  checkState(process, state)
  const step = await takeStep(unit, {
    ...locked,
    event: { type: moveEvent },
    decide: (decider) => machineOf(process).move(snapshot, { state, runsEntry }, decider),
    name: 'operator:move',
    payload: null,
    cause: byOperator(unit, { act: 'move', reason }),
    isPermitted: false,
    depth: 0,
    ports,
    send: sendEvent,
  })
  const to = step.isTaken ? step.decision.states : target.states
  await logAct(unit, { target, act: 'move', to, reason })
}

function checkState(process: ProcessModel, state: string): void {
  const places = drawingOf(process).states.filter(({ path, kind }) => path !== '' && kind !== 'history')
  const known = places.map(({ path }) => path)
  if (known.includes(state)) return
  const near = nearest(state, known)
  throw invalid([
    {
      field: 'state',
      code: 'unknown_state',
      message: `"${state}" is no state of the version of ${process.name} on which this record lives; ${
        near === undefined ? `there are ${known.join(', ')}` : `did you mean "${near}"?`
      }`,
    },
  ])
}
