import { notFound, TesseraError } from '../../access/errors.ts'
import { lockPrior } from '../../records/write/prior.ts'
import { isRecordId } from '../../records/read/get.ts'
import type { ObjectModel } from '../../definitions/model/model.ts'
import { asConsequence, type UnitOfWork } from '../../records/unit-of-work.ts'
import type { RecordValues } from '../../records/values.ts'
import { sendEvent } from '../steps/send-event.ts'
import type { ProcessPorts } from '../ports.ts'
import { checkForm } from '../steps/form.ts'
import { instanceById } from '../steps/instance.ts'
import { takeStep } from '../steps/take-step.ts'
import { OpenedRecords } from '../steps/opened-records.ts'
import { processRecord } from '../steps/variables.ts'
import { formOf, mayDo, presentItem, workItemSelect, type WorkItem, type WorkItemRow } from './work-item.ts'

/** Takes open work for oneself; of several who try at once one wins. */
export async function claimWorkItem(unit: UnitOfWork, id: string): Promise<WorkItem> {
  const item = await itemFor(unit, id)
  if (item.status !== 'open' || item.assignee !== null)
    throw new TesseraError('conflict', 'This work has been taken already.', {
      members: { status: item.status },
    })
  const taken = await unit.sql.unsafe(
    `update _work_item set status = 'claimed', assignee = $2::uuid, claimed_at = $3::timestamptz, version = version + 1
     where id = $1::uuid and status = 'open' and assignee is null returning id`,
    [id, unit.principal.userId ?? null, unit.moment.now.toISOString()],
  )
  if (taken.length === 0) throw new TesseraError('conflict', 'This work has been taken already.')
  return presentItem(unit, await readItem(unit, id))
}

/** Gives claimed work back to those who may take it. */
export async function releaseWorkItem(unit: UnitOfWork, id: string): Promise<WorkItem> {
  const item = await itemFor(unit, id)
  if (item.status !== 'claimed' || item.candidate_roles.length === 0)
    throw new TesseraError('conflict', 'Only work that was claimed from a role can be given back.', {
      members: { status: item.status },
    })
  await unit.sql.unsafe(
    `update _work_item set status = 'open', assignee = null, claimed_at = null, version = version + 1
     where id = $1::uuid and status = 'claimed' and assignee = $2::uuid`,
    [id, unit.principal.userId ?? null],
  )
  return presentItem(unit, await readItem(unit, id))
}

/**
 * Completes work: its result goes to the process as one durable step. An approval takes an outcome, "approved" or
 * "rejected". The right to act is being the assignee or a holder of the role; the record is not asked.
 * @throws TesseraError not_found, conflict (done already, or the process has left the state), validation (form)
 */
export async function completeWorkItem(
  unit: UnitOfWork,
  request: { id: string; outcome?: string; values?: RecordValues; comment?: string },
  ports: ProcessPorts = {},
): Promise<WorkItem> {
  const item = await itemFor(unit, request.id)
  if (item.status !== 'open' && item.status !== 'claimed')
    throw new TesseraError('conflict', 'This work has been done already.', {
      members: { status: item.status },
    })
  const outcome = outcomeOf(item, request.outcome)
  const object = unit.model.objects.get(item.object) as ObjectModel
  const stored = await lockPrior(asConsequence(unit), { object, id: item.record, action: 'update' })
  const instance = await instanceById(unit, item.instance)
  if (instance === undefined) throw notFound('process', item.instance)
  const opened = new OpenedRecords(unit)
  const record = processRecord(opened, { object, process: instance.process, values: stored })
  const values = await checkForm(unit, {
    form: await formOf(unit, item),
    values: request.values ?? {},
    record,
    opened,
  })
  const output = { ...values, outcome, comment: request.comment ?? null, by: unit.principal.userId ?? null }
  const done = await unit.sql.unsafe(
    `update _work_item set status = 'done', outcome = $2::text, result = $3::jsonb, completed_by = $4::uuid,
       assignee = coalesce(assignee, $4::uuid), completed_at = $5::timestamptz, version = version + 1
     where id = $1::uuid and status in ('open', 'claimed') returning id`,
    [item.id, outcome, output as never, unit.principal.userId ?? null, unit.moment.now.toISOString()],
  )
  if (done.length === 0) throw new TesseraError('conflict', 'This work has been done already.')
  const step = await takeStep(unit, {
    instance,
    object,
    stored,
    record,
    opened,
    event: { type: `xstate.done.actor.${item.invocation}`, output },
    name: `${item.kind} ${outcome}`,
    payload: output,
    isPermitted: false,
    depth: 0,
    ports,
    send: sendEvent,
  })
  if (!step.isTaken)
    throw new TesseraError('conflict', 'The process has left the step that this work belongs to.')
  return presentItem(unit, await readItem(unit, item.id))
}

function outcomeOf(item: WorkItemRow, outcome: string | undefined): string {
  if (item.kind === 'task') return 'done'
  if (outcome === 'approved' || outcome === 'rejected') return outcome
  throw new TesseraError('validation', 'outcome: an approval takes "approved" or "rejected".', {
    faults: [{ field: 'outcome', code: 'required', message: 'is "approved" or "rejected"' }],
  })
}

/** The item, for somebody who may do it; nobody else learns that it exists. */
async function itemFor(unit: UnitOfWork, id: string): Promise<WorkItemRow> {
  const item = await readItem(unit, id)
  if (!mayDo(unit, item)) {
    if (item.status === 'claimed' && item.candidate_roles.some((role) => unit.principal.roles.includes(role)))
      throw new TesseraError('conflict', 'This work has been taken already.', {
        members: { status: item.status },
      })
    throw notFound('work item', id)
  }
  return item
}

async function readItem(unit: UnitOfWork, id: string): Promise<WorkItemRow> {
  if (!isRecordId(id)) throw notFound('work item', id)
  const [row] = (await unit.sql.unsafe(`${workItemSelect} where w.id = $1::uuid`, [id], {
    prepare: true,
  })) as unknown as WorkItemRow[]
  if (row === undefined) throw notFound('work item', id)
  return row
}
