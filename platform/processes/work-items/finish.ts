import { notFound, TesseraError } from '../../access/errors.ts'
import type { ObjectModel } from '../../definitions/model/model.ts'
import { lockPrior } from '../../records/write/prior.ts'
import { asConsequence, type UnitOfWork } from '../../records/unit-of-work.ts'
import type { RecordValues } from '../../records/values.ts'
import type { ProcessPorts } from '../ports.ts'
import { instanceById, type Instance } from '../steps/instance.ts'
import { OpenedRecords } from '../steps/opened-records.ts'
import { sendEvent } from '../steps/send-event.ts'
import { takeStep } from '../steps/take-step.ts'
import { processRecord } from '../steps/variables.ts'
import { changeItem, type WorkEventInput } from './change.ts'
import type { WorkItemRow } from './work-item.ts'

/** What a step that a work item begins needs; the record is locked, and so are all who act on its work. */
export interface LockedWork {
  readonly object: ObjectModel
  readonly stored: RecordValues
  readonly instance: Instance
  readonly opened: OpenedRecords
  readonly record: RecordValues
}

/** Locks the record behind the work: who changes several items of it at once does so alone. */
export async function lockWork(unit: UnitOfWork, item: WorkItemRow): Promise<LockedWork> {
  const object = unit.model.objects.get(item.object) as ObjectModel
  const stored = await lockPrior(asConsequence(unit), { object, id: item.record, action: 'update' })
  const instance = await instanceById(unit, item.instance)
  if (instance === undefined) throw notFound('process', item.instance)
  const opened = new OpenedRecords(unit)
  const record = processRecord(opened, { object, process: instance.process, values: stored })
  return { object, stored, instance, opened, record }
}

/**
 * Ends a work item, what was added to it included, and gives its result to the process.
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
  },
): Promise<void> {
  const { item, outcome, output, event, locked, ports } = options
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
  const step = await takeStep(unit, {
    ...locked,
    event: { type: `xstate.done.actor.${item.invocation}`, output },
    name: `${item.kind} ${outcome}`,
    payload: output,
    cause: { kind: 'work_item', id: item.id },
    isPermitted: false,
    depth: 0,
    ports,
    send: sendEvent,
  })
  if (!step.isTaken)
    throw new TesseraError('conflict', 'The process has left the step that this work belongs to.')
}
