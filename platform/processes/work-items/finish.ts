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
 * a part. Gives the item as it is then.
 * @param output by whom, with which outcome and values
 * @throws TesseraError conflict where it is done already, or the process has left the state
 */
export async function finishWork(unit: UnitOfWork, options: Finishing): Promise<WorkItemRow> {
  const { item, outcome, output, event } = options
  const by = (output.by as string | null | undefined) ?? null
  const assignee = item.assignee ?? by
  const done = { status: 'done', outcome, result: output, assignee } as const
  const changed = changeItem(unit, {
    item,
    set: { ...done, completed_by: by, completed_at: unit.moment.now.toISOString() },
    event,
    lost: () => new TesseraError('conflict', 'This work has been done already.'),
  })
  if ((item.added ?? []).some(({ status }) => status !== 'done')) unit.later(cancelAdded(unit, item))
  // The result goes on at once. That somebody else was first counts before whatever became of it.
  const [first, second] = await Promise.allSettled([changed, giveResult(unit, options)])
  if (first.status === 'rejected') throw first.reason
  if (second.status === 'rejected') throw second.reason
  return {
    ...{ ...item, ...done, version: item.version + 1 },
    assignee_name: item.assignee === null ? unit.principal.name : item.assignee_name,
    added: (item.added ?? []).filter(({ status }) => status === 'done'),
  }
}

interface Finishing {
  readonly item: WorkItemRow
  readonly outcome: string
  readonly output: Readonly<Record<string, unknown>>
  readonly event: WorkEventInput
  readonly locked: LockedWork
  readonly ports: ProcessPorts
  /** What made the step; the work itself if not said. */
  readonly cause?: StepCause
}

function cancelAdded(unit: UnitOfWork, item: WorkItemRow): PromiseLike<unknown> {
  return unit.sql.unsafe(
    `update _work_item set status = 'cancelled', completed_at = $2::timestamptz, version = version + 1
     where parent = $1::uuid and completed_at is null`,
    [item.id, unit.moment.now.toISOString()],
    { prepare: true },
  )
}

async function giveResult(unit: UnitOfWork, options: Finishing): Promise<void> {
  const { item, outcome, output, locked, ports } = options
  const { cause = { kind: 'work_item', id: item.id } } = options
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
