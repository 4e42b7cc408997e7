import { notFound, TesseraError } from '../../access/errors.ts'
import { readingLast, writingWork, type UnitOfWork, type WorkOptions } from '../../records/unit-of-work.ts'
import type { RecordValues } from '../../records/values.ts'
import type { ProcessPorts } from '../ports.ts'
import { checkForm } from '../steps/form.ts'
import { changeItem } from './change.ts'
import { finishWork } from './finish.ts'
import { itemFor, readItem } from './find.ts'
import { lockWork, type LockedWork } from './lock.ts'
import { tellPeople } from './tell.ts'
import { formOf, presentItem, type WorkItem, type WorkItemRow } from './work-item.ts'

export interface Completion {
  readonly id: string
  readonly outcome?: string
  readonly values?: RecordValues
  readonly comment?: string
}

/**
 * Completes work: its result goes to the process as one durable step, as soon as all who were added have acted. An
 * approval takes an outcome, "approved" or "rejected"; a rejection ends it at once, whoever of them rejects. The right to
 * act is being the assignee or a holder of the role; the record is not asked.
 * @throws TesseraError not_found, conflict (done already, or the process has left the state), validation (form)
 */
export async function completeWorkItem(
  unit: UnitOfWork,
  request: Completion,
  ports: ProcessPorts = {},
): Promise<WorkItem> {
  return presentItem(unit, await complete(unit, request, ports))
}

/** The same in a transaction of its own, the answer of which is read together with its commit. */
export async function completeAlone(
  work: WorkOptions,
  request: Completion,
  ports: ProcessPorts = {},
): Promise<WorkItem> {
  const { answer } = await writingWork(work, async (unit) => {
    const item = await complete(unit, request, ports)
    // An approval in levels is read by several statements, one after the other.
    if (item.approval !== null) return { answer: Promise.resolve(await presentItem(unit, item)) }
    return { answer: readingLast(unit, (last) => presentItem(last, item)) }
  })
  return answer
}

/** Completes work without an answer; gives the item as it is then. */
export async function complete(
  unit: UnitOfWork,
  request: Completion,
  ports: ProcessPorts,
): Promise<WorkItemRow> {
  const { id, comment } = request
  const item = await itemFor(unit, id, (found) => actFor(request.outcome, found))
  const outcome = outcomeOf(item, request.outcome)
  const locked = await lockWork(unit, item)
  const values = await checkForm(unit, {
    form: await formOf(unit, item),
    values: request.values ?? {},
    record: locked.record,
    opened: locked.opened,
  })
  const output = { ...values, outcome, comment: comment ?? null, by: unit.principal.userId ?? null }
  const act = actOf(outcome)
  const acted = { item, outcome, output, comment, locked, ports }
  if (item.parent !== null) await completeAdded(unit, acted)
  else if (outcome !== 'rejected' && isAfterLeft(item)) await waitForAfter(unit, acted)
  else return finishWork(unit, { ...acted, event: { act, comment } })
  return readItem(unit, id)
}

function actFor(outcome: string | undefined, { kind }: WorkItemRow) {
  if (kind === 'task') return 'complete'
  return outcome === 'rejected' ? 'reject' : 'approve'
}

function actOf(outcome: string) {
  if (outcome === 'done') return 'complete'
  return outcome === 'rejected' ? 'reject' : 'approve'
}

function outcomeOf(item: WorkItemRow, outcome: string | undefined): string {
  if (item.kind === 'task') return 'done'
  if (outcome === 'approved' || outcome === 'rejected') return outcome
  throw new TesseraError('validation', 'outcome: an approval takes "approved" or "rejected".', {
    faults: [{ field: 'outcome', code: 'required', message: 'is "approved" or "rejected"' }],
  })
}

function isAfterLeft(item: WorkItemRow): boolean {
  return (item.added ?? []).some(({ place, status }) => place === 'after' && status === 'waiting')
}

interface Acted {
  readonly item: WorkItemRow
  readonly outcome: string
  readonly output: Readonly<Record<string, unknown>>
  readonly comment: string | undefined
}

/** The holder has acted; now it is for those who were added after. */
async function waitForAfter(unit: UnitOfWork, { item, outcome, output, comment }: Acted): Promise<void> {
  await changeItem(unit, {
    item,
    set: { status: 'waiting', outcome, result: output },
    event: { act: actOf(outcome), comment },
  })
  const opened = (await unit.sql.unsafe(
    `update _work_item set status = 'open', version = version + 1
     where parent = $1::uuid and place = 'after' and status = 'waiting' returning assignee`,
    [item.id],
  )) as unknown as { assignee: string }[]
  await tellPeople(unit, { text: 'add', people: opened.map(({ assignee }) => assignee), item })
}

/** Somebody who was added has acted: the work goes on when all of the same place have. */
async function completeAdded(
  unit: UnitOfWork,
  { item, outcome, output, comment, locked, ports }: Acted & { locked: LockedWork; ports: ProcessPorts },
): Promise<void> {
  await changeItem(unit, {
    item,
    set: {
      status: 'done',
      outcome,
      result: output,
      completed_by: unit.principal.userId ?? null,
      completed_at: unit.moment.now.toISOString(),
    },
    event: { act: actOf(outcome), comment },
  })
  const parent = await readItem(unit, item.parent as string)
  if (outcome === 'rejected') {
    const form = await formOf(unit, parent)
    const blank = Object.fromEntries([...form.keys()].map((name) => [name, null]))
    const rejected = { ...blank, ...parent.result, ...output }
    await finishWork(unit, { item: parent, outcome, output: rejected, event: { act: 'end' }, locked, ports })
  } else await goOnAfterAdded(unit, { parent, locked, ports })
}

/** Gives the work back to its holder, or ends it, when nobody of those who were added is left. */
export async function goOnAfterAdded(
  unit: UnitOfWork,
  { parent, locked, ports }: { parent: WorkItemRow; locked: LockedWork; ports: ProcessPorts },
): Promise<void> {
  const isLeft = (parent.added ?? []).some(({ status }) => status === 'open' || status === 'claimed')
  if (isLeft || parent.status !== 'waiting') return
  if (parent.result === null) {
    const status = parent.claimed_at === null ? 'open' : 'claimed'
    await changeItem(unit, { item: parent, set: { status }, event: { act: 'go_on', to: parent.assignee } })
    await tellPeople(unit, { text: 'added_acted', people: [parent.assignee], item: parent })
    return
  }
  const { outcome, result: output } = parent
  if (outcome === null) throw notFound('result of the work item', parent.id)
  await finishWork(unit, { item: parent, outcome, output, event: { act: 'end' }, locked, ports })
}
