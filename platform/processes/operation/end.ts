import type { UnitOfWork } from '../../records/unit-of-work.ts'
import { stopInstance } from '../invocations/close.ts'
import { endInvocationElsewhere, waitingForEnd } from '../invocations/invocation-row.ts'
import { byOperator, logAct } from './log-act.ts'
import { lockTarget, needLive, type Target } from './target.ts'

/**
 * Ends an instance where it stands: its timers, its work and what it has invoked are closed, the state of the record
 * stays. Processes that wait for its end hear that it failed. It needs nothing of the process, so it is possible on a
 * version that no longer fits.
 * @throws TesseraError as lockTarget does, conflict where it has ended
 */
export async function endInstance(
  unit: UnitOfWork,
  request: Target & { readonly reason: string },
): Promise<void> {
  const { reason } = request
  const target = await lockTarget(unit, request)
  needLive(target)
  const { id: instance, states } = target
  const waiting = await waitingForEnd(unit, instance)
  await stopInstance(unit, {
    instance,
    event: 'operator:end',
    cause: byOperator(unit, { act: 'end', reason }),
  })
  for (const token of waiting)
    await endInvocationElsewhere(unit, token, {
      error: { code: 'ended', message: 'It was ended by an operator.' },
    })
  await logAct(unit, { target, act: 'end', to: states, reason })
}
