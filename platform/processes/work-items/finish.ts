import { TesseraError } from '../../access/errors.ts'
import type { UnitOfWork } from '../../records/unit-of-work.ts'
import { countVote } from '../approvals/vote.ts'
import type { ProcessPorts } from '../ports.ts'
import type { StepCause } from '../steps/cause.ts'
import { sendEvent } from '../steps/send-event.ts'
import { takeStep } from '../steps/take-step.ts'
import { changeItem, type WorkEventInput } from './change.ts'
import type { LockedWork } from './lock.ts'
import type { WorkItemRow } from './work-item.ts'

/**
 * Ends a work item, what was added to it included, and gives its result to the process, or to the approval of which it is
 * a part.
 * @param output by whom, with which outcome and values
 * @throws TesseraError conflict where it is done already, or the process has left the state
 */
export async function finishWork(
  unit: UnitOfWork,
  options: {
    item: WorkItemRow
    outcome: string
    output: Readonly<Record<string, unknown>>
    event: WorkEventInput
    locked: LockedWork
    ports: ProcessPorts
    /** What made the step; the work itself if not said. */
    cause?: StepCause
  },
): Promise<void> {
  const { item, outcome, output, event, locked, ports } = options
  const { cause = { kind: 'work_item', id: item.id } } = options
  const by = (output.by as string | null | undefined) ?? null
  const now = unit.moment.now.toISOString()
  await changeItem(unit, {
    item,
    set: {
      status: 'done',
      outcome,
      result: output,
      completed_by: by,
      assignee: item.assignee ?? by,
      completed_at: now,
    },
    event,
    lost: () => new TesseraError('conflict', 'This work has been done already.'),
  })
  if ((item.added ?? []).some(({ status }) => status !== 'done'))
    await unit.sql.unsafe(
      `update _work_item set status = 'cancelled', completed_at = $2::timestamptz, version = version + 1
       where parent = $1::uuid and completed_at is null`,
      [item.id, now],
    )
  const { approval, seat } = item
  if (approval !== null && seat !== null) {
    const vote = outcome === 'rejected' ? 'rejected' : 'approved'
    await countVote(unit, { item: { ...item, approval, seat }, outcome: vote, output, locked, ports })
    return
  }
  const step = await takeStep(unit, {
    ...locked,
    event: { type: `xstate.done.actor.${item.invocation}`, output },
    name: `${item.kind} ${outcome}`,
    payload: output,
    cause,
    isPermitted: false,
    depth: 0,
    ports,
    send: sendEvent,
  })
  if (!step.isTaken)
    throw new TesseraError('conflict', 'The process has left the step that this work belongs to.')
}
